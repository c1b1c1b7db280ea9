import type { EtcdEntry } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { EtcdFlags } from './flags.ts'

/** `etcdctl get KEY [END]`, with --prefix, --from-key, --keys-only, --print-value-only, --limit, -w simple|json|fields. */
export async function get(context: CommandContext, flags: EtcdFlags, [key, end]: readonly string[]): Promise<number> {
  if (key === undefined) {
    context.err('Error: get command needs one argument as key and an optional argument as range_end\n')
    return 128
  }
  const wanted = (one: string): boolean => {
    if (flags.has('prefix')) return one.startsWith(key)
    if (flags.has('from-key')) return one >= key
    return end === undefined ? one === key : one >= key && one < end
  }
  const all = context.cluster.etcd.entries().filter((entry) => wanted(entry.key))
  const limit = Number(flags.value('limit') ?? 0)
  const shown = flags.has('count-only') ? [] : limit > 0 ? all.slice(0, limit) : all
  if (flags.output === 'json') context.out(`${json(context, flags, shown, all.length)}\n`)
  else if (flags.output === 'fields') context.out(fields(context, flags, shown, all.length))
  else if (flags.has('keys-only')) context.out(shown.map((entry) => `${entry.key}\n\n`).join(''))
  else if (flags.has('print-value-only')) context.out(shown.map(({ value }) => `${value}\n`).join(''))
  else context.out(shown.map((entry) => `${entry.key}\n${entry.value}\n`).join(''))
  return 0
}

const base64 = (bytes: string): string => btoa(bytes)

function json({ cluster }: CommandContext, flags: EtcdFlags, entries: readonly EtcdEntry[], count: number): string {
  const kvs = entries.map((entry) => ({
    key: base64(entry.key),
    create_revision: entry.modRevision,
    mod_revision: entry.modRevision,
    version: 1,
    ...(!flags.has('keys-only') && { value: base64(entry.value) }),
  }))
  const header = `{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"revision":${cluster.etcd.revision},"raft_term":2}`
  return `{"header":${header},${kvs.length > 0 ? `"kvs":${JSON.stringify(kvs)},` : ''}"count":${count}}`
}

function fields({ cluster }: CommandContext, flags: EtcdFlags, entries: readonly EtcdEntry[], count: number): string {
  const head = `"ClusterID" : 14841639068965178418\n"MemberID" : 10276657743932975437\n"Revision" : ${cluster.etcd.revision}\n"RaftTerm" : 2\n`
  const each = entries.map(
    (entry) =>
      `"Key" : ${JSON.stringify(entry.key)}\n"CreateRevision" : ${entry.modRevision}\n"ModRevision" : ${entry.modRevision}\n"Version" : 1\n"Value" : ${flags.has('keys-only') ? '""' : JSON.stringify(entry.value)}\n"Lease" : 0\n`,
  )
  return `${head}${each.join('')}"More" : ${entries.length < count}\n"Count" : ${count}\n`
}
