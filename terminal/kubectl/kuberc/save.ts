import { type JsonValue, parentPath, resolvePath } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { asJson } from '../print/output.ts'
import { printYaml } from '../yaml/print.ts'
import { preferenceObject } from './object.ts'
import type { Preference } from './preference.ts'

/** Writes the file, with its folder; lists that are empty are null (upstream: kuberc.SavePreference). */
export async function savePreference(context: CommandContext, path: string, preference: Preference): Promise<void> {
  const full = resolvePath(context.cwd, path)
  await context.files.makeDirectory?.(parentPath(full))
  const object = Object.entries(asJson(preferenceObject(preference)) as { readonly [field: string]: JsonValue })
  const stored = object.map(([field, value]) => [field, Array.isArray(value) && value.length === 0 ? null : value])
  await context.files.write(full, printYaml(Object.fromEntries(stored)))
  context.out(`Updated ${path}\n`)
}
