/** Ports that the groups open; the containers listen on them. */
export const PORTS = {
  /** Umami's web server (`PORT`). */
  umami: [3000],
  /** OpenReplay behind the load balancer: frontend and ingestion 8080, API 8000, assist 9001. */
  openReplay: [8000, 8080, 9001],
  /** Of these, the one that takes events: frontend and ingestion. */
  openReplayIngestion: [8080],
  /**
   * OpenReplay's services among each other: NFS, Redis, PostgreSQL, ClickHouse by HTTP and natively (9000, as its reader of
   * source maps), and assist, which the API asks for live sessions (`ASSIST_URL` of OpenReplay 1.26).
   */
  openReplayInternal: [2049, 6379, 5432, 8123, 9000, 9001],
  /** SMTP with authentication, e.g. Amazon SES (RFC 6409). */
  mailSubmission: 587,
} as const;
