/** A text in three: what it begins with like the other, where it differs, what it ends with like the other. By words. */
export function differingPart(text: string, other: string): readonly [string, string, string] {
  const [own, theirs] = [words(text), words(other)]
  const most = Math.min(own.length, theirs.length)
  let from = 0
  while (from < most && own[from] === theirs[from]) from++
  let to = 0
  while (to < most - from && own[own.length - 1 - to] === theirs[theirs.length - 1 - to]) to++
  const end = own.length - to
  return [own.slice(0, from).join(''), own.slice(from, end).join(''), own.slice(end).join('')]
}

const words = (text: string): readonly string[] => text.split(/(\s+)/)
