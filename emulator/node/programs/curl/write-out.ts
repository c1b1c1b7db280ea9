/** What -w can print about a finished transfer. */
export interface TransferResult {
  readonly variables: ReadonlyMap<string, string>
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Formats -w's text: after %{stderr} everything goes there, until %{stdout}. */
export function formatWriteOut(format: string, result: TransferResult): { readonly out: string; readonly err: string } {
  const pieces = format.split(/%\{(stderr|stdout)\}/)
  let [out, err] = ['', '']
  for (let at = 0; at < pieces.length; at += 2) {
    const piece = formatPiece(pieces[at] ?? '', result)
    err += piece.err
    if (pieces[at - 1] === 'stderr') err += piece.out
    else out += piece.out
  }
  return { out, err }
}

/** Unknown variables are named on stderr, as curl does. */
function formatPiece(format: string, result: TransferResult): { readonly out: string; readonly err: string } {
  let err = ''
  const out = format.replace(/%\{header\{([^}]*)\}\}|%\{([^}]*)\}|%%|\\([ntr\\])/g, (whole, header, name, escaped) => {
    if (whole === '%%') return '%'
    if (escaped !== undefined) return { n: '\n', t: '\t', r: '\r' }[String(escaped)] ?? '\\'
    if (header !== undefined)
      return result.headers.find(([key]) => key.toLowerCase() === String(header).toLowerCase())?.[1] ?? ''
    const value = result.variables.get(String(name))
    if (value === undefined) err += `curl: unknown --write-out variable: '${name}'\n`
    return value ?? ''
  })
  return { out, err }
}
