import { randomUUID } from 'node:crypto'

/**
 * Which command asks, and that its requests belong together; KUBECTL_COMMAND_HEADERS turns them off
 * (upstream: cli-runtime/pkg/genericclioptions/command_headers.go, kubectl/pkg/cmd/cmd.go).
 */
export function commandHeaders(
  env: ReadonlyMap<string, string>,
  path: readonly string[],
): { readonly [header: string]: string } {
  const wanted = env.get('KUBECTL_COMMAND_HEADERS')
  if (wanted === 'false' || wanted === '0') return {}
  return { 'kubectl-command': path.join(' '), 'kubectl-session': randomUUID() }
}
