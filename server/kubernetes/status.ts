import type { ServerResponse } from 'node:http'

/** A failure in the API's own form, so that kubectl prints its message. */
export function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(
    `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code })}\n`,
  )
}
