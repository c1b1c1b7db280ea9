import { alwaysAllow } from '../../api/authorizer.ts'
import type { ObjectClient } from '../../api/client.ts'
import { jsonEqual } from '../../api/json.ts'
import type { DescribeContext, KindDefinition, StrategyContext } from '../../api/kind.ts'
import { resourceName } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import { kinds } from '../index.ts'

/** Midday of the day on which the tests play. */
export const NOW = Date.UTC(2026, 10, 20, 12, 0, 0)

export function kindOf(object: KubeObject): KindDefinition {
  const found = kinds.find(
    ({ kind, group, version }) =>
      kind === object.kind && object.apiVersion === (group === '' ? version : `${group}/${version}`),
  )
  if (!found) throw new Error(`no kind ${object.apiVersion} ${object.kind}`)
  return found
}

/** What strategies see of a cluster that holds `objects`; the dice show zero. */
export function strategyContext(objects: readonly KubeObject[]): StrategyContext {
  const list: ObjectClient['list'] = <T extends KubeObject>(kind: KindDefinition<T>) =>
    objects.filter((object): object is T => object.kind === kind.kind)
  const client: Pick<ObjectClient, 'list' | 'get'> = {
    list,
    get: <T extends KubeObject>(kind: KindDefinition<T>, namespace: string | undefined, name: string) =>
      list(kind).find(({ metadata }) => metadata?.namespace === namespace && metadata?.name === name),
  }
  return {
    now: NOW,
    objects: {
      ...client,
      listBy: (kind, index, value) => list(kind).filter((object) => index.values(object).includes(value)),
      create: (_kind, object) => object,
      update: (_kind, object) => object,
      updateStatus: (_kind, object) => object,
      delete: () => {},
    },
    authorizer: alwaysAllow,
    authenticate: () => undefined,
    user: { name: 'kubernetes-admin', groups: [] },
    dryRun: false,
    randomInt: () => 0,
  }
}

/** What describers see of a cluster that holds `objects`. Selectors are equalities, as kubectl's own lists use them. */
export function describeContext(objects: readonly KubeObject[]): DescribeContext {
  const pairs = (text: string | undefined) => (text ? text.split(',').map((pair) => pair.split(/!?=/)) : [])
  return {
    now: NOW,
    showEvents: true,
    list: <K extends KubeObject>(
      resource: string,
      options: { namespace?: string; labels?: string; fields?: string } = {},
    ) =>
      objects.filter((object): object is K => {
        const kind = kindOf(object)
        if (resourceName(kind) !== resource) return false
        if (options.namespace !== undefined && object.metadata?.namespace !== options.namespace) return false
        const labelled = pairs(options.labels).every(([key = '', value]) => object.metadata?.labels?.[key] === value)
        const read = (path: string): string | undefined => kind.selectableFields?.[path]?.(object)
        const fits = (options.fields ?? '')
          .split(',')
          .filter((term) => term !== '')
          .every((term) => {
            const [path = '', value = ''] = term.split(/!?=/)
            return jsonEqual(read(path), value) !== term.includes('!=')
          })
        return labelled && fits
      }),
  }
}
