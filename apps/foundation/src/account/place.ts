/** The account and Region of a stage. */
export interface Place {
  readonly account: string;
  readonly region: string;
}
