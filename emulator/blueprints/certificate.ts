const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Text in the form of a PEM block that certifies nothing: the emulator checks identities, not signatures. */
export function pemBlock(label: string, seed: string, lines: number): string {
  let state = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193)
  const body = Array.from({ length: lines }, () => {
    let line = ''
    while (line.length < 64) {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
      line += alphabet[(state >>> 8) & 63]
    }
    return line
  })
  return `-----BEGIN ${label}-----\nMIID${body.join('\n').slice(4)}\n-----END ${label}-----\n`
}
