/** Style of the report: readable on paper, in the dark, and on a narrow screen. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c2430; --soft: #5b6776; --line: #e3e7ec; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --soft: #9aa6b5; --line: #2c3540; --page: #14181d; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0; font-size: 1.75rem; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.1rem; }
header p { margin: .25rem 0; color: var(--soft); }
.counts { display: flex; gap: .5rem; flex-wrap: wrap; margin-top: .75rem; }
table { width: 100%; border-collapse: collapse; }
td:first-child:has(.badge) { width: 9rem; } td { padding: .6rem .75rem .6rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.evidence { margin: 0; color: var(--soft); overflow-wrap: anywhere; font-size: .92rem; }
.id { color: var(--soft); font: .8rem ui-monospace, monospace; white-space: nowrap; text-align: right; padding-right: 0; }
.badge { display: inline-block; padding: .05rem .6rem; border-radius: 1rem; font-size: .82rem; font-weight: 600; white-space: nowrap; background: #e8ecf1; color: #44505e; }
.pass { background: #d9f2e1; color: #12683a; } .fail { background: #fbdada; color: #9b1c1c; }
.skipped, .waiting, .no-check-yet { background: #fdf0cd; color: #7a5200; } .recorded-only { background: #dfe9fb; color: #1d4a96; }
.steps td:first-child { white-space: nowrap; } .bar { width: 25%; } .bar i { display: block; height: .6rem; margin-top: .45rem; border-radius: .3rem; background: #6b9bd8; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 0; }
@media (max-width: 40rem) { .id, .bar { display: none; } }
`;
