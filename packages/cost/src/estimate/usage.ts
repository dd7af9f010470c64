/** What is assumed of a month, where no template says it. */
export interface Usage {
  /**
   * Sessions that OpenReplay records.
   *
   * @default 10000
   */
  readonly sessions: number;
  /**
   * Size of a recorded session in MB.
   *
   * @default 2
   */
  readonly megabytesOfSession: number;
  /**
   * Objects that a session is written as: two parts of the page, one of the developer tools.
   *
   * @default 3
   */
  readonly objectsOfSession: number;
  /**
   * Data through the NAT of a stage, in GB: container images and the APIs of AWS. Half of it comes from each of two private
   * subnets, through one gateway or two.
   *
   * @default 20
   */
  readonly natGigabytes: number;
  /**
   * Data that a log group takes in, in GB.
   *
   * @default 0.1
   */
  readonly logGigabytes: number;
  /**
   * Rejected traffic that the flow log of a subnet takes in, in GB: four subnets with three public addresses (a NAT gateway and
   * a load balancer in two Availability Zones), each with 10,000 unsolicited connection attempts a day, in records of 140
   * bytes. That is an assumption: the number differs by address. All traffic is far more.
   *
   * @default 0.04
   */
  readonly flowLogGigabytes: number;
  /**
   * Logs that come into the archive, in GB.
   *
   * @default 5
   */
  readonly archivedGigabytes: number;
  /**
   * Calls of each function, of ten seconds.
   *
   * @default 1000
   */
  readonly functionCalls: number;
  /**
   * Custom metrics that each policy with `cloudwatch:PutMetricData` stands for.
   *
   * @default 5
   */
  readonly customMetrics: number;
}

/** The usage of a small site. */
export const SMALL_SITE: Usage = {
  sessions: 10_000,
  megabytesOfSession: 2,
  objectsOfSession: 3,
  natGigabytes: 20,
  logGigabytes: 0.1,
  flowLogGigabytes: 0.04,
  archivedGigabytes: 5,
  functionCalls: 1_000,
  customMetrics: 5,
};

/** Hours that AWS counts a month. */
export const HOURS = 730;

/** Days of an average month. */
export const DAYS = HOURS / 24;
