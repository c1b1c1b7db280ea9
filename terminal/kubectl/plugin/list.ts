import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { subcommands } from '../index.ts'
import { findPlugins, type Plugin } from './find-plugins.ts'

/** Upstream: kubectl/pkg/cmd/plugin/plugin.go. */
export const list = defineSubcommand({
  name: 'list',
  usage: '[flags]',
  offline: true,
  summary: "List all visible plugin executables on a user's PATH",
  long: 'List all available plugin files on a user\'s PATH. To see plugins binary names without the full path use --name-only flag.\n\n Plugins are files that can be executed, lie on PATH, and have names that begin with "kubectl-".',
  examples: ['# With their paths', 'kubectl plugin list', '', '# Names only', 'kubectl plugin list --name-only'],
  flags: { 'name-only': { kind: 'bool', default: false, summary: 'Show only the names, not the paths.' } },
  run: async ({ context, flags }) => {
    const plugins = await findPlugins(context)
    if (plugins.length === 0) throw new KubectlError('unable to find any kubectl plugins in your PATH')
    context.out('The following compatible plugins are available:\n\n')
    let warnings = 0
    for (const [index, plugin] of plugins.entries()) {
      context.out(`${flags.bool('name-only') ? nameOf(plugin) : plugin.path}\n`)
      for (const warning of warningsFor(plugin, plugins.slice(0, index))) {
        context.err(`  - warning: ${warning}\n`)
        warnings++
      }
    }
    if (warnings === 1) throw new KubectlError('one plugin warning was found')
    if (warnings > 1) throw new KubectlError(`${warnings} plugin warnings were found`)
    return 0
  },
})

const nameOf = ({ path }: Plugin) => path.split('/').pop() ?? path

function warningsFor(plugin: Plugin, before: readonly Plugin[]): readonly string[] {
  const [, first = ''] = nameOf(plugin).split('-')
  const shadowing = before.find((other) => nameOf(other) === nameOf(plugin))
  const own = subcommands.find(({ name }) => name === first)
  return [
    ...(own && first !== 'create' ? [`${nameOf(plugin)} overwrites existing command: "kubectl ${first}"`] : []),
    ...(plugin.executable ? [] : [`${plugin.path} identified as a kubectl plugin, but it is not executable`]),
    ...(shadowing ? [`${plugin.path} is overshadowed by a similarly named plugin: ${shadowing.path}`] : []),
  ]
}
