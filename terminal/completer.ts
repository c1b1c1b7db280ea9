import type { Candidate, Completions } from './editor/completion.ts'
import { quoteForShell, type TypedWords, typedWords } from './editor/words.ts'
import { joinPath, resolvePath } from './files/paths.ts'
import type { Shell } from './shell.ts'
import type { CommandDefinition, CommandFiles } from './types.ts'

const BUILTINS =
  'alias bg break cd command continue declare echo eval exec exit export fg help history jobs kill let local printf pwd read readonly return set shift shopt source test trap type ulimit umask unalias unset wait if then else for while until do done case esac function time'.split(
    ' ',
  )
/** Commands that run the command behind them. */
const WRAPPERS = new Set(['sudo', 'watch', 'time', 'xargs', 'command', 'exec', 'env', 'man', 'type', 'which'])

interface Suggestion {
  readonly text: string
  readonly label?: string
  readonly suffix?: string
  /** Already written as the shell needs it. */
  readonly isQuoted?: boolean
}

/** What the word before the cursor could become: commands, files, variables, or what the command itself offers. */
export async function completeLine(
  shell: Shell,
  commands: readonly CommandDefinition[],
  text: string,
): Promise<Completions> {
  const typed = typedWords(text)
  const suggestions = await suggest(shell, commands, typed)
  const unique = new Map(suggestions.map((suggestion) => [suggestion.text, suggestion]))
  const candidates = [...unique.values()]
    .sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0))
    .map((suggestion) => toCandidate(suggestion, typed))
  return { start: typed.start, candidates }
}

async function suggest(
  shell: Shell,
  commands: readonly CommandDefinition[],
  typed: TypedWords,
): Promise<readonly Suggestion[]> {
  const { word } = typed
  const variable = /^(.*)\$([A-Za-z_]\w*)?$/.exec(word)
  if (variable !== null && typed.quote !== "'") return variables(shell, variable[1] ?? '', variable[2] ?? '')
  if (typed.isRedirection) return fileNames(shell, word)
  const before = commandWords(typed.before)
  const [name, ...rest] = before
  if (name === undefined) return word.includes('/') ? fileNames(shell, word) : commandNames(shell, word)
  const [first = name, ...aliased] = (shell.state.aliases.get(name) ?? name).split(/\s+/)
  const definition = commands.find((command) => command.name === first || command.aliases?.includes(first) === true)
  if (definition?.complete !== undefined) {
    const offered = await definition.complete([first, ...aliased, ...rest], word, {
      cluster: shell.services.cluster,
      place: shell.surroundings.place,
      files: completionFiles(shell),
      env: shell.state.exported,
    })
    const fitting = offered.filter((text) => text.startsWith(word))
    if (fitting.length > 0) return fitting.map((text) => ({ text, suffix: /[=/:,]$/.test(text) ? '' : ' ' }))
  }
  const names = await fileNames(shell, word)
  return first === 'cd' || first === 'rmdir' ? names.filter(({ suffix }) => suffix === '/') : names
}

/** Without assignments in front, and without `sudo` and its like. */
function commandWords(words: readonly string[]): readonly string[] {
  let rest = words
  for (;;) {
    const [first] = rest
    if (first === undefined) return rest
    if (/^\w+=/.test(first)) rest = rest.slice(1)
    else if (WRAPPERS.has(first)) {
      const flags = rest.slice(1).findIndex((word) => !word.startsWith('-'))
      rest = flags < 0 ? [] : rest.slice(1 + flags)
    } else return rest
  }
}

function commandNames(shell: Shell, word: string): Suggestion[] {
  const names = [...BUILTINS, ...shell.commandNames, ...shell.state.functions.keys(), ...shell.state.aliases.keys()]
  return names.filter((name) => name.startsWith(word)).map((text) => ({ text }))
}

function variables(shell: Shell, head: string, typed: string): Suggestion[] {
  const names = [...shell.state.env.keys()].filter((name) => /^[A-Za-z]\w*$/.test(name) && name.startsWith(typed))
  return names.map((name) => ({ text: `${head}$${name}`, label: `$${name}`, isQuoted: true }))
}

async function fileNames(shell: Shell, word: string): Promise<Suggestion[]> {
  const slash = word.lastIndexOf('/')
  const shown = word.slice(0, slash + 1)
  const home = shell.state.env.get('HOME') ?? '/'
  const directory = resolvePath(shell.state.cwd, shown.startsWith('~/') ? home + shown.slice(1) : shown || '.')
  const typed = word.slice(slash + 1)
  const suggestions: Suggestion[] = []
  for (const name of await listDirectory(shell, directory)) {
    if (!name.startsWith(typed) || (name.startsWith('.') && !typed.startsWith('.'))) continue
    const isDirectory = await isDirectoryAt(shell, joinPath(directory, name))
    suggestions.push({ text: shown + name, label: isDirectory ? `${name}/` : name, suffix: isDirectory ? '/' : ' ' })
  }
  return suggestions
}

async function listDirectory(shell: Shell, directory: string): Promise<readonly string[]> {
  try {
    return await shell.fileSystem.readdir(directory)
  } catch {
    return []
  }
}

async function isDirectoryAt(shell: Shell, path: string): Promise<boolean> {
  try {
    return (await shell.fileSystem.stat(path)).isDirectory
  } catch {
    return false
  }
}

function completionFiles(shell: Shell): CommandFiles {
  const at = (path: string): string => resolvePath(shell.state.cwd, path)
  return {
    async read(path) {
      return (await shell.fileSystem.exists(at(path))) ? shell.fileSystem.readFile(at(path)) : undefined
    },
    write: (path, content) => shell.fileSystem.writeFile(at(path), content),
    list: (directory) => listDirectory(shell, at(directory)),
    isDirectory: (path) => isDirectoryAt(shell, at(path)),
  }
}

function toCandidate({ text, label, suffix = ' ', isQuoted }: Suggestion, { quote }: TypedWords): Candidate {
  const close = suffix === ' ' && quote !== '' ? quote : ''
  return {
    text: isQuoted === true ? text : quoteForShell(text, quote).replace(/^\\~\//, '~/'),
    label: label ?? text,
    suffix: close + suffix,
  }
}
