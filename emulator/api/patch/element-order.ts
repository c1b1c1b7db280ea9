/** The order of merged lists: the patch's order for what it names, the server's for the rest. */
import { goMap } from '../go-text.ts'
import { isRecord, jsonEqual } from '../json.ts'
import { StrategicProblem } from './strategic-problem.ts'

/** Where `list` holds the item with the same merge key; without a key, the equal item. -1 if nowhere. */
export function indexByKey(list: readonly unknown[], item: unknown, key: string | undefined): number {
  if (key === undefined) return list.findIndex((one) => jsonEqual(one, item))
  const wanted = keyOf(item, key)
  return list.findIndex((one) => jsonEqual(keyOf(one, key), wanted))
}

function keyOf(item: unknown, key: string): unknown {
  if (isRecord(item) && item[key] !== undefined) return item[key]
  throw new StrategicProblem('other', `map: ${goMap(item)} does not contain declared merge key: ${key}`)
}

/**
 * Items that `order` names come in its order, the others in that of `live`; where both are known to `live`, its order
 * decides which comes first, else what the patch names does (upstream: normalizeElementOrder). So an item that a patch
 * adds stands before those it does not mention.
 */
export function inPatchOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  live: readonly unknown[],
  key: string | undefined,
): readonly unknown[] {
  const named = list.filter((item) => indexByKey(order, item, key) >= 0)
  named.sort((a, b) => indexByKey(order, a, key) - indexByKey(order, b, key))
  const others = list.filter((item) => indexByKey(order, item, key) < 0)
  others.sort((a, b) => indexByKey(live, a, key) - indexByKey(live, b, key))
  const merged: unknown[] = []
  while (others.length > 0 && named.length > 0) {
    const left = indexByKey(live, others[0], key)
    const right = indexByKey(live, named[0], key)
    merged.push(left >= 0 && right >= 0 && left < right ? others.shift() : named.shift())
  }
  return [...merged, ...others, ...named]
}
