/** The largest object that can be stored (upstream: etcd's --max-request-bytes). */
import { byteLength } from '../byte-length.ts'
import { serverError } from '../errors.ts'
import type { KubeObject } from '../types.ts'
import type { Caller } from './context.ts'

const MAX_BYTES = 1.5 * 1024 * 1024

/** Throws what etcd says of an object that is too large. Only large requests can make one. */
export function checkSize({ large }: Caller, object: KubeObject): void {
  if (large && byteLength(JSON.stringify(object)) > MAX_BYTES) throw serverError('etcdserver: request is too large')
}
