/** Command-line flags with the semantics and error texts of Go's spf13/pflag. */
import { parseBoolean, parseDuration, parseInteger } from './numbers.ts'

export type FlagKind =
  | 'string'
  | 'bool'
  | 'int'
  | 'int32'
  | 'int64'
  | 'duration'
  /** Repeated; every use is one value. */
  | 'stringArray'
  /** Repeated; commas separate values. */
  | 'stringSlice'

/** One flag as data: parsing, help and completion read it. */
export interface FlagDefinition {
  readonly kind: FlagKind
  readonly shorthand?: string
  readonly default?: string | number | boolean | readonly string[]
  /** Value of the flag when given without one (`--dry-run`). */
  readonly bare?: string
  readonly summary: string
  readonly deprecated?: string
  readonly hidden?: boolean
  readonly required?: boolean
  /** Values that Tab offers. */
  readonly values?: readonly string[]
  /** What Tab looks up for the value. */
  readonly completes?: 'namespace' | 'context' | 'cluster' | 'user' | 'file' | 'container' | 'output' | 'cluster role'
}

export type FlagDefinitions = { readonly [name: string]: FlagDefinition }
type FlagValue = string | number | boolean | readonly string[]

/** A mistake in the command line; the message is pflag's. */
export class FlagError extends Error {}

/** `-h` or `--help` was met. */
export class HelpRequested extends Error {}

/** The flags of one invocation. Asking for an undefined flag is our bug and throws. */
export class FlagValues {
  readonly #definitions: FlagDefinitions
  readonly #set = new Map<string, FlagValue>()
  constructor(definitions: FlagDefinitions) {
    this.#definitions = definitions
  }
  assign(name: string, value: FlagValue): void {
    this.#set.set(name, value)
  }
  changed(name: string): boolean {
    return this.#set.has(name)
  }
  has(name: string): boolean {
    return Object.hasOwn(this.#definitions, name)
  }
  string(name: string): string {
    return String(this.#value(name) ?? '')
  }
  /** The value if it was given and is not empty. */
  optional(name: string): string | undefined {
    return this.string(name) || undefined
  }
  bool(name: string): boolean {
    return this.#value(name) === true
  }
  number(name: string): number {
    return Number(this.#value(name) ?? 0)
  }
  list(name: string): readonly string[] {
    const value = this.#value(name)
    return Array.isArray(value) ? value : []
  }
  #value(name: string): FlagValue | undefined {
    const definition = this.#definitions[name]
    if (!definition) throw new Error(`flag ${name} is not defined`)
    return this.#set.get(name) ?? definition.default
  }
}

export interface ParsedLine {
  readonly flags: FlagValues
  readonly args: readonly string[]
  /** How many arguments stood before `--`, or -1 without one (cobra's ArgsLenAtDash). */
  readonly argsBeforeDash: number
  /** `Flag --x has been deprecated, …` lines. */
  readonly notices: readonly string[]
}

/** Parses words as pflag does with interspersed arguments (or stopping at the first one). Throws FlagError, HelpRequested. */
export function parseFlags(words: readonly string[], definitions: FlagDefinitions, interspersed = true): ParsedLine {
  const parser = new Parser(words, definitions)
  return parser.parse(interspersed)
}

class Parser {
  readonly #definitions: FlagDefinitions
  readonly #rest: string[]
  readonly #values: FlagValues
  readonly #notices: string[] = []

  constructor(words: readonly string[], definitions: FlagDefinitions) {
    this.#definitions = definitions
    this.#rest = [...words]
    this.#values = new FlagValues(definitions)
  }

  parse(interspersed: boolean): ParsedLine {
    const args: string[] = []
    let argsBeforeDash = -1
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      if (word === '--') {
        argsBeforeDash = args.length
        args.push(...this.#rest)
        break
      }
      if (word.startsWith('--')) this.#long(word)
      else if (word.startsWith('-') && word.length > 1) this.#short(word.slice(1))
      else {
        args.push(word)
        if (interspersed) continue
        args.push(...this.#rest)
        break
      }
    }
    return { flags: this.#values, args, argsBeforeDash, notices: this.#notices }
  }

  #long(word: string): void {
    const body = word.slice(2)
    if (body.startsWith('-') || body.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`)
    const equals = body.indexOf('=')
    const name = equals < 0 ? body : body.slice(0, equals)
    const flag = this.#lookup(name)
    if (!flag) {
      if (name === 'help') throw new HelpRequested()
      throw new FlagError(`unknown flag: --${name}`)
    }
    const bare = bareValue(flag)
    if (equals >= 0) this.#assign(name, flag, body.slice(equals + 1))
    else if (bare !== undefined) this.#assign(name, flag, bare)
    else {
      const value = this.#rest.shift()
      if (value === undefined) throw new FlagError(`flag needs an argument: --${name}`)
      this.#assign(name, flag, value)
    }
  }

  #short(cluster: string): void {
    let letters = cluster
    while (letters !== '') {
      const letter = letters.slice(0, 1)
      const name = Object.keys(this.#definitions).find((key) => this.#definitions[key]?.shorthand === letter)
      const flag = name === undefined ? undefined : this.#lookup(name)
      if (!flag || name === undefined) {
        if (letter === 'h') throw new HelpRequested()
        throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`)
      }
      const bare = bareValue(flag)
      if (letters.length > 2 && letters[1] === '=') {
        this.#assign(name, flag, letters.slice(2))
        return
      }
      if (bare !== undefined) {
        this.#assign(name, flag, bare)
        letters = letters.slice(1)
        continue
      }
      const value = letters.length > 1 ? letters.slice(1) : this.#rest.shift()
      if (value === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${letters}`)
      this.#assign(name, flag, value)
      return
    }
  }

  #lookup(name: string): FlagDefinition | undefined {
    return Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : undefined
  }

  #assign(name: string, flag: FlagDefinition, text: string): void {
    try {
      const value = convert(flag.kind, text)
      const isList = Array.isArray(value)
      this.#values.assign(name, isList && this.#values.changed(name) ? [...this.#values.list(name), ...value] : value)
    } catch (error) {
      const shown = flag.shorthand ? `-${flag.shorthand}, --${name}` : `--${name}`
      throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${messageOf(error)}`)
    }
    if (flag.deprecated) this.#notices.push(`Flag --${name} has been deprecated, ${flag.deprecated}`)
  }
}

/** What a flag means when no value follows it; undefined if it needs one. */
export function bareValue(flag: FlagDefinition): string | undefined {
  return flag.bare ?? (flag.kind === 'bool' ? 'true' : undefined)
}

function convert(kind: FlagKind, text: string): FlagValue {
  if (kind === 'bool') return parseBoolean(text)
  if (kind === 'int' || kind === 'int64') return parseInteger(text)
  if (kind === 'int32') return parseInteger(text, 32)
  if (kind === 'duration') return parseDuration(text)
  if (kind === 'stringArray') return [text]
  if (kind === 'stringSlice') return text === '' ? [] : splitCommas(text)
  return text
}

/** Commas separate, double quotes protect them (pflag reads a slice as one CSV record). */
function splitCommas(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '',
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
