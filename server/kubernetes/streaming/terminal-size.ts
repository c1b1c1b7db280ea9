/** `{"Width":80,"Height":24}` as clients send it; undefined for anything else. */
export function terminalSize(data: Uint8Array): { readonly columns: number; readonly rows: number } | undefined {
  try {
    const size: unknown = JSON.parse(Buffer.from(data).toString('utf8'))
    if (typeof size !== 'object' || size === null || !('Width' in size) || !('Height' in size)) return undefined
    const [columns, rows] = [Number(size.Width), Number(size.Height)]
    return columns > 0 && rows > 0 && columns <= 10_000 && rows <= 10_000 ? { columns, rows } : undefined
  } catch {
    return undefined
  }
}
