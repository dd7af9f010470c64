/** Environment variable of the verification function with the properties of the custom resource, as JSON. */
export const PROPERTIES_VARIABLE = 'UMAMI_DATABASE';

/** File beside the function's code with the CA certificate of the server, if it is not of Amazon RDS. */
export const CERTIFICATE_FILE = 'ca-certificate.pem';
