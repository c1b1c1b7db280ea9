/** What `-v 6` and more say of each request, as klog writes it (upstream: client-go/transport/round_trippers.go). */
import type { ApiRequest, ApiResponse } from '../../../emulator/index.ts'
import { klogHead } from '../cli/klog.ts'
import { STATUS_TEXTS } from './status-texts.ts'

interface Sink {
  readonly level: number
  now(): number
  write(text: string): void
}

interface Sent extends Pick<ApiRequest, 'method' | 'headers'> {
  readonly url: string
  readonly body: string
}

/** How much of a body level 8 and level 9 show (upstream: rest/request.go, truncateBody). */
const SHOWN = { 8: 1024, 9: 10_240 } as const

export class RequestLog {
  readonly #sink: Sink
  constructor(sink: Sink) {
    this.#sink = sink
  }

  line(source: string, text: string): void {
    this.#sink.write(`${klogHead('I', this.#sink.now(), source)} ${text}\n`)
  }

  at(level: number): boolean {
    return this.#sink.level >= level
  }

  request({ method, url, headers = {}, body }: Sent): void {
    if (!this.at(7)) return
    const shown = Object.entries(headers)
      .filter(([name]) => !name.startsWith('kubectl-'))
      .map(([name, value]) => [canonical(name), name === 'authorization' ? 'Bearer <masked>' : value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    if (this.at(8)) this.line('helper.go:105', `"Request Body" body=${this.#body(body)}`)
    if (this.at(9)) {
      const flags = shown.map(([name, value]) => ` -H ${JSON.stringify(`${name}: ${value}`)}`).join('')
      this.line('round_trippers.go:527', `"Request" curlCommand=<\n\tcurl -v -X${method} ${flags} '${url}'\n >`)
    } else this.line('round_trippers.go:527', `"Request" ${named(method, url)} headers=${block(shown)}`)
  }

  response({ method, url }: Pick<Sent, 'method' | 'url'>, answer: Pick<ApiResponse, 'status' | 'headers' | 'body'>) {
    if (!this.at(6)) return
    const both = this.#sink.level === 6 || this.at(9)
    const status = `status="${answer.status} ${STATUS_TEXTS[answer.status] ?? ''}"`
    const headers = Object.entries(answer.headers).map(([name, value]) => [canonical(name), value] as const)
    const shown = this.at(8) ? ` headers=${block(headers.sort(([a], [b]) => (a < b ? -1 : 1)))}` : ''
    const text = `"Response" ${both ? `${named(method, url)} ` : ''}${status}${shown} milliseconds=${1 + (url.length % 4)}`
    this.line('round_trippers.go:632', text)
    if (!this.at(8) || answer.body === undefined) return
    const body = typeof answer.body === 'string' ? answer.body : `${JSON.stringify(answer.body)}\n`
    this.line('helper.go:105', `"Response Body" body=${this.#body(body)}`)
  }

  /** A request that never was answered. */
  failure(method: string, url: string): void {
    if (this.at(6)) this.line('round_trippers.go:632', `"Response" ${named(method, url)} status="" milliseconds=0`)
  }

  #body(body: string): string {
    const limit = this.at(10) ? Number.POSITIVE_INFINITY : SHOWN[this.at(9) ? 9 : 8]
    const text = body.length > limit ? `${body.slice(0, limit)} [truncated ${body.length - limit} chars]` : body
    return text.includes('\n') ? `<\n\t${text.trimEnd().replaceAll('\n', '\n\t')}\n >` : JSON.stringify(text)
  }
}

const named = (method: string, url: string): string => `verb="${method}" url=${JSON.stringify(url)}`
const canonical = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash, letter) => dash + letter.toUpperCase())
const block = (headers: readonly (readonly [string, string])[]): string =>
  headers.length === 0 ? '""' : `<\n${headers.map(([name, value]) => `\t${name}: ${value}\n`).join('')} >`
