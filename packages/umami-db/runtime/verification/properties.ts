/** Environment variable of the verification function with the properties of the custom resource, as JSON. */
export const PROPERTIES_VARIABLE = 'UMAMI_DATABASE';

/** Environment variable of the verification function with the health probe, as JSON; there may be none. */
export const PROBE_VARIABLE = 'UMAMI_DATABASE_PROBE';

/** File beside the function's code with the CA certificate of the server, if it is not of Amazon RDS. */
export const CERTIFICATE_FILE = 'ca-certificate.pem';
