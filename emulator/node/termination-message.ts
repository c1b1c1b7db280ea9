import type { Container as ContainerTemplate } from '../generated/types.ts'
import type { Container } from './runtime.ts'

const maxMessage = 4096
const maxLogBytes = 2048
const maxLogLines = 80

/** What a container left to be read of its end (upstream: kuberuntime_container.go getTerminationMessage). */
export function terminationMessage(
  template: ContainerTemplate | undefined,
  container: Container,
  exitCode: number,
): string {
  const text = container.files.read(template?.terminationMessagePath ?? '/dev/termination-log') ?? ''
  if (text !== '') return text.slice(0, maxMessage)
  if (template?.terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return ''
  const lines = container.logs.slice(-maxLogLines).map((line) => `${line.text}\n`)
  return lines.join('').slice(-maxLogBytes)
}
