/**
 * `$(NAME)` in env values, command and args: replaced if known, kept if not; `$$` stands for `$` (upstream:
 * third_party/forked/golang/expansion).
 */
export function expandVariables(text: string, lookup: (name: string) => string | undefined): string {
  let result = ''
  for (let i = 0; i < text.length; i++) {
    const next = text[i + 1]
    if (text[i] !== '$' || next === undefined) result += text[i]
    else if (next === '$') {
      result += '$'
      i++
    } else if (next === '(') {
      const end = text.indexOf(')', i + 2)
      if (end === -1) {
        result += '$('
        i++
        continue
      }
      const name = text.slice(i + 2, end)
      result += lookup(name) ?? `$(${name})`
      i = end
    } else {
      // Upstream keeps both characters: only `$$` and `$(…)` mean anything.
      result += `$${next}`
      i++
    }
  }
  return result
}
