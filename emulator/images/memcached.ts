import { byteLength } from '../api/byte-length.ts'
import { defineImage } from '../node/image.ts'
import { type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { entrypointScript } from './servers.ts'

/** Keys that one emulated memcached keeps. */
const MOST_KEYS = 500

/** memcached's text protocol: set, get, delete, stats, version (memcached: doc/protocol.txt). */
function answer(text: string, keys: [key: string, value: string][], version: string): string {
  const lines = text.split(/\r?\n/)
  const replies: string[] = []
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [command = '', key = ''] = line.trim().split(/\s+/)
    const found = keys.findIndex(([name]) => name === key)
    if (command === '') continue
    if (command === 'quit') break
    if (command === 'set' || command === 'add') {
      const value = lines.shift() ?? ''
      if (command === 'add' && found >= 0) replies.push('NOT_STORED')
      else {
        if (found >= 0) keys.splice(found, 1)
        if (keys.length >= MOST_KEYS) keys.shift()
        keys.push([key, value])
        replies.push('STORED')
      }
    } else if (command === 'get') {
      const value = keys[found]?.[1]
      if (value !== undefined) replies.push(`VALUE ${key} 0 ${byteLength(value)}`, value)
      replies.push('END')
    } else if (command === 'delete') {
      if (found >= 0) keys.splice(found, 1)
      replies.push(found >= 0 ? 'DELETED' : 'NOT_FOUND')
    } else if (command === 'stats')
      replies.push('STAT pid 1', `STAT version ${version}`, `STAT curr_items ${keys.length}`, 'END')
    else if (command === 'version') replies.push(`VERSION ${version}`)
    else if (command === 'flush_all') {
      keys.splice(0)
      replies.push('OK')
    } else replies.push('ERROR')
  }
  return replies.map((reply) => `${reply}\r\n`).join('')
}

const program: ContainerProgram = {
  name: 'memcached',
  *run(process): Run {
    const words = process.argv.slice(1).join(' ')
    const version = process.env.get('MEMCACHED_VERSION') ?? '1.6.39'
    const { frame } = process.frames.enter<{ keys: [string, string][] }>({ keys: [] })
    const port = Number(/(?:-p\s*|--port=)(\d+)/.exec(words)?.[1] ?? 11211)
    const local = /(?:-l\s*|--listen=)(127\.|localhost)/.test(words)
    process.listen({
      port,
      protocol: 'TCP',
      address: local ? '127.0.0.1' : '0.0.0.0',
      speaks: 'text',
      reply: (text) => answer(text, frame.keys, version),
    })
    process.onTerminate(0, () => process.err('Signal handled: Terminated.\n'))
    return yield* serve()
  },
}

/** The official memcached image: it says nothing and keeps short texts. */
export const memcached = defineImage({
  repository: 'docker.io/library/memcached',
  tags: ['latest', 'alpine', '1', '1-alpine', /^1\.[456](\.\d+)?(-(alpine|bookworm|trixie)[\d.]*)?$/],
  sizeBytes: 33_000_000,
  usage: { cpuMilli: 1, memoryBytes: 2_100_000, cpuMsPerRequest: 1 },
  entrypoint: ['docker-entrypoint.sh'],
  command: ['memcached'],
  servers: [program, entrypointScript('docker-entrypoint.sh')],
  programs: DEBIAN,
  byTag: (tag) => (tag.includes('alpine') ? { sizeBytes: 9_000_000, programs: ALPINE } : {}),
})
