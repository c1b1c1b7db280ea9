import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Refusal {
  readonly file: string
  readonly message: string
}

/** What programs say of things that they do not do: every text in the code that says "not emulated". */
export function refusals(root: string): readonly Refusal[] {
  return ['emulator', 'terminal', 'server']
    .flatMap((folder) => sourceFiles(root, folder))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\*|\/\*\*|\/\/)/.test(line))
        .flatMap((line) => [...line.matchAll(/(['"`])((?:(?!\1).)*not emulated(?:(?!\1).)*)\1/g)])
        .map((match) => ({ file, message: readable(match[2] ?? '') })),
    )
}

/** `${name}` becomes NAME, escapes become what they stand for. */
function readable(literal: string): string {
  return literal
    .replace(
      /\$\{(?:JSON\.stringify\()?([\w.[\]]*?)\)?\}/g,
      (_, name: string) => (name.split('.').pop() ?? '').replace(/\W.*$/, '').toUpperCase() || 'NAME',
    )
    .replace(/\\n/g, ' ')
    .replace(/\\(.)/g, '$1')
    .trim()
}

function sourceFiles(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sourceFiles(root, path)
      return /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [path] : []
    })
}

/** The paragraphs of the folders' READMEs that begin with "Unlike Kubernetes" or "Not emulated". */
export function confessions(root: string): readonly string[] {
  return ['emulator', 'terminal'].flatMap((folder) => {
    const text = readFileSync(join(root, folder, 'README.md'), 'utf8')
    return text
      .split(/\n\n|\n(?=- )/)
      .map((paragraph) => paragraph.replace(/^- /, '').replace(/\n\s*/g, ' ').trim())
      .filter((paragraph) => /^(?:\*\*)?(?:Unlike Kubernetes|Not emulated)/.test(paragraph))
  })
}
