/** The path as nginx compares it: decoded, dots resolved, slashes merged, without its query. */
export function normalized(path: string): string {
  const raw = path.split(/[?#]/)[0] ?? '/'
  let decoded = raw
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    // nginx answers 400 to broken escapes; they are compared as they stand.
  }
  const parts: string[] = []
  const all = decoded.replace(/\/{2,}/g, '/').split('/')
  for (const [index, part] of all.entries()) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
    if ((part === '..' || part === '.') && index === all.length - 1) parts.push('')
  }
  return parts.join('/') || '/'
}
