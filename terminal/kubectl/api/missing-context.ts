import { KubectlError } from '../errors.ts'

/** Commands that make a client before they ask for the namespace; what stands below them is meant too. */
const CLIENT_FIRST = [
  ...[
    'api-resources',
    'api-versions',
    'apply',
    'auth can-i',
    'auth whoami',
    'autoscale',
    'certificate',
    'cluster-info',
  ],
  ...['cordon', 'create', 'diff', 'drain', 'explain', 'expose', 'proxy', 'replace', 'run', 'set env', 'top node'],
  ...['uncordon', 'version', 'wait'],
]
const NAMESPACE_FIRST = ['apply edit-last-applied', 'apply set-last-applied', 'apply view-last-applied', 'create token']

/**
 * A context that the kubeconfig lacks; one named by --context, in the words of what the command asks the configuration for first: `path`, empty for the
 * current context (upstream:
 * client-go/tools/clientcmd: ClientConfig, Namespace).
 */
export function missingContext(name: string, path: readonly string[]): KubectlError {
  const command = path.slice(1).join(' ')
  const isIn = (list: readonly string[]) => list.some((one) => command === one || command.startsWith(`${one} `))
  if (isIn(CLIENT_FIRST) && !isIn(NAMESPACE_FIRST)) return new KubectlError(`context "${name}" does not exist`)
  const message = `Error in configuration: context was not found for specified context: ${name}`
  return new KubectlError(message, { bare: true })
}
