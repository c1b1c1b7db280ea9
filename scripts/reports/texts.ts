import { stripVTControlCharacters } from 'node:util'
import type { TaskReport, WholeTaskReport } from '../../server/data/task-reports.ts'
import { reportText } from '../exercise/report-text.ts'

/** One line a report. What learners wrote never steers the terminal that shows it. */
export function listText(reports: readonly TaskReport[]): string {
  if (reports.length === 0) return 'No reports.\n'
  const width = Math.max(...reports.map(({ exercise }) => exercise.length))
  return reports
    .map((report) => {
      const words = plain(report.message).replace(/\s+/g, ' ').slice(0, 80)
      const closed = report.closedAt === undefined ? '' : ' (closed)'
      return `${String(report.number).padStart(5)}  ${day(report.createdAt)}  ${report.exercise.padEnd(width)}  ${words}${closed}\n`
    })
    .join('')
}

/** Everything of one report but its cluster. */
export function wholeText({ number, exercise, seed, locale, createdAt, message, verdict, terminals }: WholeTaskReport) {
  const verdictText =
    verdict === undefined ? 'The grader itself failed; the server’s log says how.\n' : reportText(verdict)
  return [
    `Report ${number}, ${exercise}, ${day(createdAt)}, in ${locale}, values drawn by "${plain(seed)}"\n`,
    `${plain(message)}\n`,
    `Verdict\n${verdictText}`,
    ...terminals.map(
      ({ terminal, commands, screen }) =>
        `Terminal ${terminal}, typed\n${indented(commands.join('\n'))}\nTerminal ${terminal}, shown\n${indented(screen)}`,
    ),
  ].join('\n')
}

/** What `npm run exercise -- try SLUG --state` opens; undefined where the cluster was not kept. */
export const stateText = ({ exercise, seed, snapshot }: WholeTaskReport): string | undefined =>
  snapshot && `${JSON.stringify({ exercise, seed, snapshot })}\n`

const day = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
const indented = (text: string): string => `${plain(text).trimEnd().replace(/^/gm, '  ')}\n`

/** Without what would move the cursor, colour the screen or ring the bell. */
const plain = (text: string): string => stripVTControlCharacters(text).replace(/[^\P{Cc}\n\t]/gu, '')
