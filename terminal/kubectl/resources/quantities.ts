/** `cpu=200m,memory=1Gi` on the command line (upstream: kubectl/pkg/generate/versioned, populateResourceListV1). */
import { KubectlError } from '../errors.ts'

const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/

/** Throws KubectlError for what is no pair or no quantity. */
export function parseResourceList(text: string): { readonly [resource: string]: string } {
  const list: { [resource: string]: string } = Object.create(null)
  for (const part of text.split(',')) {
    const [name, quantity, ...more] = part.split('=')
    if (name === undefined || quantity === undefined || more.length > 0)
      throw new KubectlError(`Invalid argument syntax ${part}, expected <resource>=<value>`)
    if (!QUANTITY.test(quantity))
      throw new KubectlError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      )
    list[name] = quantity
  }
  return { ...list }
}
