/** A kubectl command is one record: its flags, its help and its completion are data, its work is `run`. */
import type { CommandContext } from '../../types.ts'
import type { ApiClient } from '../api/client.ts'
import type { FlagDefinitions, FlagValues } from './flags.ts'

/** What Tab offers for arguments. */
export type ArgumentCompletion =
  /** A resource type, then names of it; or TYPE/NAME. */
  | 'resources'
  /** A pod, or TYPE/NAME of what holds pods (`logs`, `exec`). */
  | 'pods'
  /** Files here and in pods (`cp`). */
  | 'copies'
  /** Like `resources`, for the types named. */
  | { readonly types: readonly string[] }
  /** Names of one type. */
  | { readonly names: string }
  | 'contexts'
  | 'clusters'
  | 'users'
  | { readonly words: readonly string[] }

export interface Subcommand {
  readonly name: string
  readonly aliases?: readonly string[]
  /** Heading under which `kubectl --help` lists the command. */
  readonly group?: string
  /** Works without a server, and without a kubeconfig that makes sense. */
  readonly offline?: boolean
  /** Not listed in `kubectl --help`, not offered by Tab. */
  readonly hidden?: boolean
  readonly summary: string
  readonly long?: string
  /** Lines of `# comment` and command. */
  readonly examples?: readonly string[]
  /** Arguments as the usage line shows them: `(-f FILENAME | TYPE NAME)`. */
  readonly usage?: string
  readonly flags?: FlagDefinitions
  readonly subcommands?: readonly Subcommand[]
  readonly completes?: ArgumentCompletion
  /** A command that only holds others prints its help as a failure on stderr, unless this says that asking is no mistake. */
  readonly helpWhenBare?: boolean
  /** The failure's help goes to standard output. */
  readonly bareOnOutput?: boolean
  /** Absent for commands that only hold others. Throws the errors of errors.ts; resolves with the exit code. */
  readonly run?: (invocation: Invocation) => Promise<number>
}

/** One command line, parsed. */
export interface Invocation {
  readonly context: CommandContext
  /** From `kubectl` down: ["kubectl", "create", "service"]. */
  readonly path: readonly string[]
  readonly flags: FlagValues
  readonly args: readonly string[]
  /** Arguments before `--`, or -1 if the line has none. */
  readonly argsBeforeDash: number
  readonly api: ApiClient
  /** `--namespace`, else the context's, else default. */
  readonly namespace: string
  /** `--namespace` was given, so manifests must agree with it. */
  readonly namespaceEnforced: boolean
  readonly commandLine: readonly string[]
}

/** Identity with types. */
export function defineSubcommand(definition: Subcommand): Subcommand {
  return Object.freeze(definition)
}
