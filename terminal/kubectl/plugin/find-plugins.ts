/** Programs called kubectl-… on PATH (upstream: kubectl/pkg/cmd/plugin and cmd.go, HandlePluginCommand). */
import type { CommandContext } from '../../types.ts'

export interface Plugin {
  readonly path: string
  readonly executable: boolean
}

const PREFIX = 'kubectl-'

/** In the order of PATH; each directory's in alphabetical order. */
export async function findPlugins({ env, files }: CommandContext): Promise<readonly Plugin[]> {
  const found: Plugin[] = []
  for (const directory of new Set((env.get('PATH') ?? '').split(':').filter((part) => part.trim() !== ''))) {
    if (!(await files.isDirectory(directory))) continue
    for (const name of [...(await files.list(directory))].sort()) {
      const path = `${directory}/${name}`
      if (!name.startsWith(PREFIX) || (await files.isDirectory(path))) continue
      found.push({ path, executable: await isExecutable(files, path) })
    }
  }
  return found
}

async function isExecutable(files: CommandContext['files'], path: string): Promise<boolean> {
  const facts = await files.facts?.(path, { followLinks: true })
  return facts === undefined || (facts.mode & 0o111) !== 0
}

/** The plugin that the first words name, longest name first, and the words that are left; flags end the name. */
export async function pluginFor(
  context: CommandContext,
  words: readonly string[],
): Promise<{ readonly path: string; readonly args: readonly string[] } | undefined> {
  const flag = words.findIndex((word) => word.startsWith('-'))
  const parts = (flag < 0 ? words : words.slice(0, flag)).map((word) => word.replaceAll('-', '_'))
  const plugins = (await findPlugins(context)).filter(({ executable }) => executable)
  for (let count = parts.length; count > 0; count--) {
    const name = PREFIX + parts.slice(0, count).join('-')
    const found = plugins.find(({ path }) => path.endsWith(`/${name}`))
    if (found) return { path: found.path, args: words.slice(count) }
  }
  return undefined
}
