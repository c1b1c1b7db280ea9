/** From a command line to a subcommand: finding it, reading its flags, printing what went wrong (upstream: spf13/cobra). */
import type { CommandContext } from '../types.ts'
import { ApiClient } from './api/client.ts'
import { commandHeaders } from './api/command-headers.ts'
import { type Connection, connectionOf } from './api/connection.ts'
import { isDiscovered, keepDiscovered } from './api/discovery-cache.ts'
import { loadKubeconfig } from './api/kubeconfig.ts'
import { type Found, findCommand } from './cli/find-command.ts'
import { FlagError, type FlagValues, HelpRequested, type ParsedLine, parseFlags } from './cli/flags.ts'
import { allFlags, globalOptions, helpText, rootHelp, rootUsage } from './cli/help.ts'
import { klogHead } from './cli/klog.ts'
import type { Subcommand } from './cli/subcommand.ts'
import { suggestions } from './cli/suggest.ts'
import { complete } from './complete.ts'
import { AggregateFailure, ApiError, ConnectionError, KubectlError, present } from './errors.ts'
import { subcommands } from './index.ts'
import { findPreferred } from './kuberc/apply.ts'
import { pluginFor } from './plugin/find-plugins.ts'

const NOWHERE: Connection = {
  server: 'http://localhost:8080',
  identity: {},
  headers: {},
  namespace: 'default',
  namespaceEnforced: false,
  timeoutMs: 0,
  timeoutText: '',
  verbosity: 0,
  discovered: false,
}

/** Runs `kubectl` with these words. Resolves with the exit code; throws only our own defects and an abort. */
export async function runKubectl(context: CommandContext): Promise<number> {
  try {
    return await dispatch(context, context.argv.slice(1))
  } catch (error) {
    if (context.signal.aborted) throw error
    const shown = present(error)
    if (!shown) throw error
    const [first = error, ...more] = error instanceof AggregateFailure ? error.errors : []
    if (first instanceof ApiError && more.length === 0) logStatus(context, first)
    if (error instanceof ConnectionError) await context.time.sleep(error.waitMs, context.signal)
    if (error instanceof KubectlError && error.printed) context.out(error.printed)
    if (shown.text) context.err(shown.text)
    return shown.code
  }
}

async function dispatch(context: CommandContext, words: readonly string[]): Promise<number> {
  if (words[0] === '__complete' || words[0] === '__completeNoDesc') return offer(context, words.slice(1))
  const found = await findPreferred(context, words)
  if (!found.command) return (await runPlugin(context, words)) ?? root(context, found)
  const { command, path, rest } = found
  const line = parseLine(command, path, rest)
  if (line === 'help') {
    context.out(helpText(command, path))
    return 0
  }
  for (const notice of line.notices) context.err(`${notice}\n`)
  if (!command.run) return groupOnly(context, command, path, line.args)
  requireFlags(command, line)
  if (line.flags.has('dry-run') && line.flags.string('dry-run') === 'unchanged')
    context.err(
      `${klogHead('W', context.cluster.now(), 'helpers.go:703')} --dry-run is deprecated and can be replaced with --dry-run=client.\n`,
    )
  const connection = await connect(context, { command, path, flags: line.flags })
  const api = new ApiClient(context, connection)
  const code = await command
    .run({
      context,
      path,
      flags: line.flags,
      args: line.args,
      argsBeforeDash: line.argsBeforeDash,
      api,
      namespace: connection.namespace,
      namespaceEnforced: connection.namespaceEnforced,
      commandLine: ['kubectl', ...words],
    })
    .finally(() => api.groups && keepDiscovered(context, line.flags, connection.server, api.groups))
  if (code === 0 && line.flags.bool('warnings-as-errors') && api.warningCount > 0)
    throw new KubectlError(`${api.warningCount} warning${api.warningCount > 1 ? 's' : ''} received`)
  return code
}

/** `-v 4` and more show what the server answered (upstream: cmdutil.debugErr). */
function logStatus({ argv, cluster, err }: CommandContext, { status }: ApiError): void {
  const level = Math.max(
    ...argv.map((word, i) => Number(/^(?:-v|--v)=?(\d+)$/.exec(word)?.[1] ?? (argv[i - 1] === '-v' ? word : 0))),
  )
  if (level >= 4)
    err(
      `${klogHead('I', cluster.now(), 'helpers.go:246')} server response object: %s[${JSON.stringify(status, null, 2)}]\n`,
    )
}

interface Wanted {
  readonly command: Subcommand
  readonly path: readonly string[]
  readonly flags: FlagValues
}

async function connect(context: CommandContext, { command, path, flags }: Wanted): Promise<Connection> {
  if (command.offline) return NOWHERE
  const config = await loadKubeconfig(context, flags, true)
  if (flags.number('v') >= 6)
    for (const file of config.files)
      context.err(`${klogHead('I', context.cluster.now(), 'loader.go:402')} Config loaded from file:  ${file.path}\n`)
  const connection = await connectionOf(context, config, flags, path)
  const headers = { ...connection.headers, ...commandHeaders(context.env, path) }
  return { ...connection, headers, discovered: await isDiscovered(context, flags, connection.server) }
}

/** What completion scripts ask: candidates for the last word, then a directive (upstream: cobra's completions.go). */
async function offer(context: CommandContext, words: readonly string[]): Promise<number> {
  const offered = await complete(['kubectl', ...words.slice(0, -1)], words.at(-1) ?? '', context)
  context.out(`${offered.map((candidate) => `${candidate}\n`).join('')}:4\n`)
  context.err('Completion ended with directive: ShellCompDirectiveNoFileComp\n')
  return 0
}

/** `kubectl foo` runs the program kubectl-foo; undefined if there is none. */
async function runPlugin(context: CommandContext, words: readonly string[]): Promise<number | undefined> {
  const plugin = await pluginFor(context, words)
  if (plugin === undefined) return undefined
  const line = [plugin.path, ...plugin.args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const { stdout, stderr, code } = await context.runLine(line)
  if (stdout) context.out(stdout)
  if (stderr) context.err(stderr)
  return code
}

function parseLine(command: Subcommand, path: readonly string[], rest: readonly string[]): ParsedLine | 'help' {
  try {
    return parseFlags(rest, allFlags(command))
  } catch (error) {
    if (error instanceof HelpRequested) return 'help'
    if (error instanceof FlagError)
      throw new KubectlError(`${error.message}\nSee '${path.join(' ')} --help' for usage.`)
    throw error
  }
}

function requireFlags(command: Subcommand, line: ParsedLine): void {
  const missing = Object.entries(command.flags ?? {})
    .filter(([name, flag]) => flag.required && !line.flags.changed(name))
    .map(([name]) => `"${name}"`)
    .sort()
  if (missing.length > 0) throw new KubectlError(`required flag(s) ${missing.join(', ')} not set`)
}

/** A command that only holds others prints its help on stderr; a word it does not know is a mistake. */
function groupOnly(
  context: CommandContext,
  command: Subcommand,
  path: readonly string[],
  args: readonly string[],
): number {
  if (args.length > 0)
    throw new KubectlError(`unknown command "${args.join(' ')}"\nSee '${path.join(' ')} -h' for help and examples`)
  if (command.helpWhenBare) {
    context.out(helpText(command, path))
    return 0
  }
  const print = command.bareOnOutput ? context.out : context.err
  print(helpText(command, path))
  return 1
}

function root(context: CommandContext, { rest, argument: word }: Found): number {
  if (word !== undefined && word !== 'options' && word !== 'help') throw unknownCommand(word, context.argv[1])
  const line = parseLine({ name: 'kubectl', summary: '' }, ['kubectl'], rest)
  if (line === 'help' || word === undefined) context.out(rootHelp(subcommands))
  else if (word === 'options') context.out(globalOptions())
  else {
    const found = findCommand(line.args.slice(1))
    if (!found.command && found.rest.length > 0) {
      context.err(
        `Unknown help topic [${found.rest.map((word) => `\`${word}\``).join(' ')}]\n${rootUsage(subcommands)}`,
      )
      return 0
    }
    context.out(found.command ? helpText(found.command, found.path) : rootHelp(subcommands))
  }
  return 0
}

/** What stands there might be a plugin's name, so flags before it are spoken of first. */
function unknownCommand(word: string, first = ''): KubectlError {
  if (first.startsWith('-'))
    return new KubectlError(`Error: flags cannot be placed before plugin name: ${first}`, { bare: true })
  const similar = suggestions(
    word,
    subcommands.map((c) => c.name),
  )
  const hint = similar.length ? `\n\nDid you mean this?\n${similar.map((name) => `\t${name}\n`).join('')}` : ''
  return new KubectlError(`unknown command "${word}" for "kubectl"${hint}`)
}
