import type { DeployedStage } from '../../account/deployed-stage';
import { recordedClients } from '../../account/recorded-clients';
import type { ChosenStage } from './synthesise';

/** The stage with clients of the account and Region that it is deployed in. */
export function deployedStage({ foundation, stage, account: id, region }: ChosenStage): DeployedStage {
  return { id, region, stage, config: { foundation }, aws: recordedClients(region) };
}
