/** How many bytes a base64 text stands for. */
export function base64Length(text: string): number {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, '').length
  return Math.floor((digits * 3) / 4)
}
