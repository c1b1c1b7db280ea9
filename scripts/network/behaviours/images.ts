import { behaviour, type Topic } from '../behaviour.ts'

const PROCESSES = 'emulator/images/processes.test.ts'
const UNKNOWN = 'emulator/images/unknown.test.ts'
const APPS = 'emulator/images/apps.test.ts'
const NGINX = 'emulator/images/nginx.test.ts'
const REDIS = 'emulator/images/redis/redis.test.ts'
const SQL = 'emulator/images/sql/databases.test.ts'
const HTTPD = 'emulator/images/httpd.test.ts'

export const images: Topic = {
  title: 'Images',
  behaviours: [
    behaviour(
      'an image of which nothing is known is pulled where somebody could have pushed it, and says that it is not played',
      `${UNKNOWN} › are pulled where somebody could have pushed them, say that they are not played, and wait`,
    ),
    behaviour(
      'names, accounts and tags that cannot exist fail',
      `${UNKNOWN} › fail where a name, an account or a tag cannot exist`,
      `${PROCESSES} › says what a registry says about images that do not exist`,
    ),
    behaviour(
      'each registry refuses in its own words; unknown hosts, closed ports and bad references too',
      `${UNKNOWN} › fail in the words of each registry`,
    ),
    behaviour(
      'mirrors and old registries hand out the same images',
      `${UNKNOWN} › are the same under the names of mirrors and old registries`,
    ),
    behaviour('sample applications answer on their ports', `${APPS} › %s on %i`),
    behaviour(
      'environment and arguments change ports and words',
      `${APPS} › on other ports and with other words where the environment says so`,
    ),
    behaviour('a line in the log for each request', `${APPS} › and write a line for each request`),
    behaviour(
      'agnhost: netexec, serve-hostname, porter, test-webserver, liveness, connect',
      `${APPS} › netexec tells, echoes, redirects and reaches out`,
      `${APPS} › serve-hostname, porter, test-webserver and liveness serve`,
      `${APPS} › connect says in one word why not`,
    ),
    behaviour(
      'applications wait for, or complain of, the database that they need',
      `${APPS} › WordPress asks for its database, and leads to its installation when it has one`,
      `${APPS} › knote and the guestbook keep what they are given`,
    ),
    behaviour(
      'MongoDB, RabbitMQ and memcached answer their tools',
      `${APPS} › mongosh and rabbitmq-diagnostics ask, memcached keeps texts`,
    ),
    behaviour(
      'nginx does not start by a configuration that nginx refuses, or an upstream that has no name',
      `${NGINX} › does not start by %j`,
      `${NGINX} › does not start by an nginx.conf without events, and says that its site is another`,
    ),
    behaviour(
      'nginx: locations, servers, rewrites, error pages, upstreams, templates',
      `${NGINX} › takes exact, prefix and regular locations in their order`,
      `${NGINX} › chooses servers by name, rewrites, tries files, adds headers and shows error pages`,
      `${NGINX} › proxies to an upstream of several, with headers, and says 502 where it is refused`,
      `${NGINX} › fills its templates from the environment, and needs to write where it works`,
    ),
    behaviour(
      'httpd goes by its configuration',
      `${HTTPD} › httpd listens and serves where its configuration says`,
      `${HTTPD} › httpd does not start by a configuration that it cannot read`,
    ),
    behaviour(
      'TERM ends programs as it ends the real ones',
      `${HTTPD} › Go programs without a handler end at once on TERM, Node and Python as PID 1 only by KILL`,
      `${NGINX} › says that it was stopped, and how to the last`,
    ),
    behaviour(
      'Redis keeps values, goes by its file and arguments, and redis-cli says why it cannot connect',
      `${REDIS} › logs its start, answers redis-cli and keeps values of all types`,
      `${REDIS} › forgets keys whose time is over, and what it held is part of a snapshot`,
      `${REDIS} › writes its file when it is stopped, and says so`,
      `${REDIS} › is reached over the network, and says why not`,
      `${REDIS} › goes by its file and its arguments: port, password, memory`,
      `${REDIS} › does not start with a configuration that it cannot read`,
    ),
    behaviour(
      'MySQL, MariaDB and PostgreSQL end without a password',
      `${SQL} › ends without a password, in the words of its entrypoint`,
      `${SQL} › ends without a password`,
    ),
    behaviour(
      'MySQL, MariaDB and PostgreSQL keep rows and answer their clients over the network',
      `${SQL} › makes a database and a user, answers its client, and keeps rows`,
      `${SQL} › is reached by its Service, and the client says why not`,
      `${SQL} › sets itself up, answers psql and pg_isready, keeps rows and says that it stops`,
      `${SQL} › is reached by its Service, and psql says why not`,
    ),
  ],
}
