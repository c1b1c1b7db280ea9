// Stands in a real bash for a program that needs the cluster's machines: hands its words, and what it is given to read,
// to the emulated terminal at the socket in $REPLAY_SOCKET, and prints the answer.
import { fstatSync, readFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

const given = fstatSync(0)
const stdin = given.isFIFO() || given.isFile() ? readFileSync(0, 'utf8') : ''
const socket = connect(process.env.REPLAY_SOCKET ?? '')
socket.end(JSON.stringify({ words: process.argv.slice(2), stdin }))
const { stdout, stderr, code } = JSON.parse(await text(socket))
writeSync(2, stderr)
process.stdout.write(stdout, () => process.exit(code))
