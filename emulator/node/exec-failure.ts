/** runc's words for a main process, and for an exec'd one. */
export function execFailure(
  name: string,
  missing: 'not-in-path' | 'no-such-file' | 'permission-denied',
  kind: 'create' | 'exec' = 'create',
): string {
  const texts = {
    'not-in-path': 'executable file not found in $PATH',
    'no-such-file': `stat ${name}: no such file or directory`,
    'permission-denied': 'permission denied',
  }
  const reason = `exec: ${JSON.stringify(name)}: ${texts[missing]}: unknown`
  if (kind === 'exec') return `OCI runtime exec failed: exec failed: unable to start container process: ${reason}`
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${reason}`
}
