import { parse, type WordNode } from 'just-bash'
import { commandLines, expandAliases } from './aliases.ts'
import { literalText } from './nodes.ts'

/**
 * A file or text that runs as a whole, with its aliases replaced: those there are, and those that a line of its own sets
 * in plain words for the lines behind it. Undefined if there is no end to it.
 */
export function expandScript(text: string, aliases: ReadonlyMap<string, string>): string | undefined {
  const known = new Map(aliases)
  const pieces: string[] = []
  for (const piece of commandLines(text)) {
    const expanded = expandAliases(piece, known)
    if (expanded === undefined) return undefined
    pieces.push(expanded)
    for (const [name, value] of definitions(expanded)) known.set(name, value)
  }
  return pieces.join('')
}

/** A script of a shell of its own replaces aliases only if it asks for it. */
export function asksForAliases(text: string): boolean {
  return text.includes('expand_aliases')
}

function definitions(text: string): readonly (readonly [name: string, value: string])[] {
  if (!/\balias\b/.test(text)) return []
  try {
    const commands = parse(text).statements.flatMap(({ pipelines }) => pipelines.flatMap(({ commands }) => commands))
    return commands.flatMap((command) => {
      if (command.type !== 'SimpleCommand' || literalText(command.name) !== 'alias') return []
      return command.args.map(plainText).flatMap((word) => {
        const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(word ?? '') ?? []
        return name === undefined || value === undefined ? [] : [[name, value] as const]
      })
    })
  } catch {
    return [] // What is wrong with it is said where it runs.
  }
}

/** The word's text if nothing in it has to be looked up. */
function plainText({ parts }: Pick<WordNode, 'parts'>): string | undefined {
  const texts = parts.map((part) => {
    if (part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped') return part.value
    return part.type === 'DoubleQuoted' ? plainText(part) : undefined
  })
  return texts.includes(undefined) ? undefined : texts.join('')
}
