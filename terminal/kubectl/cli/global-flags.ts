/** Flags that every command takes (`kubectl options`). */
import type { FlagDefinitions } from './flags.ts'

export const GLOBAL_FLAGS: FlagDefinitions = {
  as: { kind: 'string', default: '', summary: 'Act as this user, or service account in a namespace.' },
  'as-group': { kind: 'stringArray', default: [], summary: 'Act as a member of this group; may be repeated.' },
  'as-uid': { kind: 'string', default: '', summary: 'UID to act as.' },
  'cache-dir': { kind: 'string', default: '/root/.kube/cache', summary: 'Directory of the discovery cache.' },
  'certificate-authority': {
    kind: 'string',
    default: '',
    summary: 'File with the certificate of the authority that signed the server.',
    completes: 'file',
  },
  'client-certificate': {
    kind: 'string',
    default: '',
    summary: 'File with the client certificate.',
    completes: 'file',
  },
  'client-key': { kind: 'string', default: '', summary: 'File with the client key.', completes: 'file' },
  cluster: { kind: 'string', default: '', summary: 'Name of the kubeconfig cluster to use.', completes: 'cluster' },
  context: { kind: 'string', default: '', summary: 'Name of the kubeconfig context to use.', completes: 'context' },
  'disable-compression': { kind: 'bool', default: false, summary: 'Ask for answers without compression.' },
  'insecure-skip-tls-verify': { kind: 'bool', default: false, summary: "Do not verify the server's certificate." },
  kubeconfig: { kind: 'string', default: '', summary: 'Path of the kubeconfig file.', completes: 'file' },
  'match-server-version': {
    kind: 'bool',
    default: false,
    summary: 'Require that server and client have the same version.',
  },
  namespace: {
    kind: 'string',
    shorthand: 'n',
    default: '',
    summary: 'Namespace that this request is about.',
    completes: 'namespace',
  },
  password: { kind: 'string', default: '', summary: 'Password for basic authentication.' },
  'request-timeout': {
    kind: 'string',
    default: '0',
    summary: 'How long to wait for one request (1s, 2m, 3h); zero never gives up.',
  },
  server: { kind: 'string', shorthand: 's', default: '', summary: 'Address and port of the API server.' },
  'tls-server-name': { kind: 'string', default: '', summary: "Name to check the server's certificate against." },
  token: { kind: 'string', default: '', summary: 'Bearer token for the API server.' },
  user: { kind: 'string', default: '', summary: 'Name of the kubeconfig user to use.', completes: 'user' },
  username: { kind: 'string', default: '', summary: 'User name for basic authentication.' },
  v: { kind: 'int', shorthand: 'v', default: 0, summary: 'Level of log detail.' },
  'warnings-as-errors': {
    kind: 'bool',
    default: false,
    summary: "Treat the server's warnings as errors and exit with a non-zero code.",
  },
}
