/** What the error channel carries: a Status that says how the process ended (v4 of the protocol and later). */
import type { FromConnection } from './messages.ts'

type Ending = Extract<FromConnection, { type: 'exit' | 'failed' }>

const SUCCESS = { metadata: {}, status: 'Success' }

/** As the kubelet writes it (containerd: internal/cri/streaming/remotecommand). */
export function endingStatus(ending: Ending): object {
  if (ending.type === 'failed') return internalError(ending.message)
  if (ending.code === 0) return SUCCESS
  const what = `error executing command [${ending.command.join(' ')}], exit code ${ending.code}`
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${what}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(ending.code) }] },
  }
}

/** As the API server writes it where it translates WebSockets for the kubelet: failures are wrapped once more. */
export function translatedStatus(ending: Ending): object {
  return ending.type === 'failed' ? internalError(`Internal error occurred: ${ending.message}`) : endingStatus(ending)
}

export function internalError(message: string): object {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${message}`,
    reason: 'InternalError',
    details: { causes: [{ message }] },
    code: 500,
  }
}
