import { type MakeSources, notMember, type Source, value } from '../source';

/** Sessions, what they do and what they wait for. */
export const activitySources: MakeSources = (server) => {
  const { ofRole, seesAllSessions } = server;
  const sessions = `session as (
      select pid, ${ofRole('usename')} as of, state, wait_event_type, wait_event, xact_start from pg_stat_activity
      where usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend' and pid <> pg_backend_pid()
    ), side (of) as (values ('umami'), ('others'))`;
  const connections: Source = {
    what: 'connections of pg_stat_activity',
    group: 'connections',
    sql: `with ${sessions} select of, count(pid) as connections from side left join session using (of) group by of`,
    figures: [value('connections', 'connections', 'sessions', 2, 'higher')],
  };
  const share: Source = {
    what: 'connections of max_connections',
    group: 'connections',
    sql: `with ${sessions} select 'cluster' as of, 100.0 * count(*) / current_setting('max_connections')::int as used from session`,
    figures: [value('used', 'connections of max_connections', '%', 2, 'higher')],
  };
  return [
    connections,
    share,
    ...(seesAllSessions
      ? [states(sessions), waits(sessions)]
      : [notMember(server, 'states and wait events of the sessions of others')]),
  ];
};

function states(sessions: string): Source {
  return {
    what: 'states of pg_stat_activity',
    group: 'connections',
    sql: `with ${sessions}
      select of, count(*) filter (where state = 'active') as active, count(*) filter (where state = 'idle') as idle,
        count(*) filter (where state like 'idle in transaction%') as open,
        coalesce(greatest(extract(epoch from clock_timestamp() - min(xact_start)), 0), 0) as longest,
        count(*) filter (where wait_event_type = 'Lock') as locked,
        count(*) filter (where wait_event_type = 'Lock'
          and pg_blocking_pids(pid) && array(select s.pid from session s where s.of = 'umami')) as blocked
      from side left join session using (of) group by of`,
    figures: [
      value('active', 'active sessions', 'sessions', 1, 'higher'),
      value('idle', 'idle sessions', 'sessions', 2, 'higher'),
      value('open', 'sessions idle in a transaction', 'sessions', 1, 'higher'),
      value('longest', 'age of the oldest transaction', 's', 5, 'higher'),
      value('locked', 'sessions waiting for a lock', 'sessions', 0.2, 'higher'),
      value('blocked', 'sessions waiting for a lock that Umami holds', 'sessions', 0.1, 'higher'),
    ],
  };
}

/** A row for each event that a session waits for at this moment; and one for all of them, which is there in any case. */
function waits(sessions: string): Source {
  return {
    what: 'wait events of pg_stat_activity',
    group: 'waits',
    sql: `with ${sessions}, waiting as (
        select pid, of, wait_event_type || ':' || wait_event as event from session
        where state = 'active' and wait_event_type not in ('Client', 'Activity')
      )
      select of, coalesce(event, 'any event') as item, count(pid) as waiting
      from side left join waiting using (of) group by grouping sets ((of), (of, event))
      having grouping(event) = 1 or event is not null`,
    figures: [value('waiting', 'active sessions waiting on', 'sessions', 0.2, 'higher')],
    absentIsZero: true,
  };
}
