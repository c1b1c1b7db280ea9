import { kindName } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { type EditedObject, EditSession } from '../edit/session.ts'
import { throwAll } from '../errors.ts'
import { createObject } from '../resources/mutation.ts'
import { select } from '../resources/selection.ts'

/** `create --edit`: one object after the other goes through the editor; what is left as it was is not created. */
export async function createEdited(invocation: Invocation): Promise<number> {
  const { targets, errors, discovery } = await select(invocation, { args: [] })
  throwAll(errors)
  const save = (edited: EditedObject) => {
    createObject(invocation, edited, edited.object)
    invocation.context.out(`${kindName(edited.type)}/${edited.name} created\n`)
  }
  for (const target of targets) {
    if (target.kind !== 'manifest') continue
    const originals = [{ ...target, object: target.manifest.object }]
    await new EditSession(invocation, discovery, { originals, mode: { save, failsAtOnce: true } }).run()
  }
  return 0
}
