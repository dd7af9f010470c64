import type { Clients } from '../../account/clients';
import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, type PlannedStage, unlessWrong } from '../check';

/** An Availability Zone of the Region. */
export interface ObservedZone {
  readonly name: string;
  readonly isAvailable: boolean;
}

/** The zones of the configuration are zones of the Region, for this account. */
export const availabilityZones: Check<readonly ObservedZone[]> = {
  id: 'network.availability-zones',
  title: 'The Availability Zones exist in the Region',
  observe: ({ aws }) => readZones(aws),
  evaluate(zones, planned) {
    const wanted = zonesOf(planned);
    const available = zones.filter(({ isAvailable }) => isAvailable).map(({ name }) => name);
    const wrong = wanted.filter((zone) => !available.includes(zone));
    return unlessWrong(
      wrong.map((zone) => failure(`${zone} is no available zone`, `Give one of ${available.join(', ')}`)),
      wanted.join(', '),
    );
  },
};

/** The zones of the Region, without Local Zones and those of Wavelength. */
export async function readZones({ ec2 }: Pick<Clients, 'ec2'>): Promise<ObservedZone[]> {
  const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones({});
  return AvailabilityZones.filter(({ ZoneType = 'availability-zone' }) => ZoneType === 'availability-zone').map(
    ({ ZoneName = '', State }) => ({ name: ZoneName, isAvailable: State === 'available' }),
  );
}

function zonesOf(planned: PlannedStage): string[] {
  const { network, database } = stageOf(planned);
  const ofNetwork =
    network.mode === 'existing'
      ? [...network.publicSubnets, ...network.privateSubnets].map(({ availabilityZone }) => availabilityZone)
      : network.availabilityZones;
  const ofFunction = (database.functionSubnets ?? []).map(({ availabilityZone }) => availabilityZone);
  return [...new Set([...ofNetwork, ...ofFunction])];
}
