import { expect, test } from 'vitest'
import { storageName } from '../api/kind.ts'
import { metadataErrors } from '../api/operations/validate-metadata.ts'
import { objectKey } from '../api/store.ts'
import { birthOf, blueprintBase } from '../blueprint-base.ts'
import { blueprints } from './index.ts'

// They are not validated whenever a server sets its first cluster up: that would take a third of the time.
test.each(blueprints)('what kubeadm creates in $name is valid', ({ name, objects }) => {
  const { store } = blueprintBase(name, birthOf(Date.UTC(2026, 0, 1)))
  for (const { kind, object } of objects) {
    const { namespace, name: own = '' } = object.metadata ?? {}
    const stored = store.shelves.get(storageName(kind))?.objects.get(objectKey(namespace, own))
    if (stored === undefined) throw new Error(`${kind.kind} ${own} is not there`)
    expect([own, ...metadataErrors(kind, stored), ...(kind.validate?.(stored, undefined) ?? [])]).toEqual([own])
  }
})
