import { parentPath, resolvePath } from '../../../emulator/index.ts'

/**
 * A file's path as a kubeconfig keeps it: counted from the kubeconfig's folder for what lies in it, absolute for everything
 * else (upstream: clientcmd/loader.go, RelativizePathWithNoBacksteps).
 */
export function localPath(cwd: string, kubeconfig: string, path: string): string {
  if (path === '') return ''
  const absolute = resolvePath(cwd, path)
  const folder = parentPath(resolvePath(cwd, kubeconfig))
  const base = folder.endsWith('/') ? folder : `${folder}/`
  return absolute.startsWith(base) ? absolute.slice(base.length) : absolute
}
