import type { ServerResponse } from 'node:http'

/** A failure in the API's own form. */
export function failureStatus(code: number, reason: string, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code }
}

/** Sends it, so that kubectl prints its message. */
export function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(failureStatus(code, reason, message))}\n`)
}
