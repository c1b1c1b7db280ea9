/** Character classes of YAML 1.1 as libyaml reads them; '' is the end of the text. */
export const isBlank = (c: string) => c === ' ' || c === '\t'
export const isBreak = (c: string) => c === '\n' || c === '\r' || c === '\u0085' || c === '\u2028' || c === '\u2029'
export const isBreakOrEnd = (c: string) => c === '' || isBreak(c)
export const isBlankOrEnd = (c: string) => isBlank(c) || isBreakOrEnd(c)
export const isWord = (c: string) => /^[0-9A-Za-z_-]$/.test(c)
