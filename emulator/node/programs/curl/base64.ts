const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  const bytes = [...encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|([\s\S])/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '').charCodeAt(0) : Number.parseInt(match[1], 16),
  )
  let result = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3)
    const value = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    result += ALPHABET[value >> 18] ?? ''
    result += ALPHABET[(value >> 12) & 63] ?? ''
    result += b === undefined ? '=' : (ALPHABET[(value >> 6) & 63] ?? '')
    result += c === undefined ? '=' : (ALPHABET[value & 63] ?? '')
  }
  return result
}
