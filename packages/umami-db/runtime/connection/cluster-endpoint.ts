/** What the writer endpoint of a cluster tells. */
interface ClusterEndpoint {
  /** DBClusterIdentifier. */
  readonly cluster: string;
  readonly region: string;
}

/** @returns nothing for a custom endpoint, an own DNS name, or anything else that does not name the cluster */
export function clusterEndpoint(host: string): ClusterEndpoint | undefined {
  const pattern = /^([a-z][a-z0-9-]*)\.cluster-(?:ro-)?[a-z0-9]+\.([a-z0-9-]+)\.rds\.amazonaws\.com(?:\.cn)?$/i;
  const [, cluster, region] = pattern.exec(host) ?? [];
  return cluster && region ? { cluster, region } : undefined;
}
