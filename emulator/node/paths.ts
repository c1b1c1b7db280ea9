/** Something to take out: `//`, `/./`, `/../`, a slash at the end. */
const UNTIDY = /\/\.{0,2}(?:\/|$)/

/** Absolute, normalised form of a path: no `.`, `..`, doubled or trailing slashes. */
export function resolvePath(cwd: string, path: string): string {
  if (path.startsWith('/') && !UNTIDY.test(path)) return path
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** The directory that holds a path; `/` is its own. */
export function parentPath(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut <= 0 ? '/' : path.slice(0, cut)
}

/** Last component of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
