import { type Directive, NginxConfigError } from './nginx-config.ts'

const MAIN =
  'user worker_processes error_log pid events http stream load_module worker_rlimit_nofile daemon env include mail master_process pcre_jit timer_resolution worker_priority worker_shutdown_timeout thread_pool worker_cpu_affinity'
const EVENTS =
  'worker_connections use multi_accept accept_mutex debug_connection worker_aio_requests accept_mutex_delay'
const SERVER_ONLY = 'listen server_name location'
const HTTP_ONLY =
  'server upstream map geo limit_req_zone limit_conn_zone log_format proxy_cache_path types_hash_max_size server_names_hash_bucket_size server_names_hash_max_size split_clients variables_hash_max_size map_hash_bucket_size'
const LOCATION_ONLY = 'proxy_pass fastcgi_pass uwsgi_pass grpc_pass alias internal limit_except stub_status mirror'
/** Directives of http, server and location alike that are known by name, whatever they do here. */
const ANYWHERE =
  'absolute_redirect access_log add_header add_trailer aio allow auth_basic auth_basic_user_file auth_request auth_request_set autoindex autoindex_exact_size autoindex_format autoindex_localtime break charset chunked_transfer_encoding client_body_buffer_size client_body_temp_path client_body_timeout client_header_buffer_size client_header_timeout client_max_body_size connection_pool_size default_type deny directio error_log error_page etag expires fastcgi_buffer_size fastcgi_buffers fastcgi_connect_timeout fastcgi_index fastcgi_intercept_errors fastcgi_param fastcgi_read_timeout fastcgi_send_timeout fastcgi_split_path_info fastcgi_temp_path gunzip gzip gzip_buffers gzip_comp_level gzip_disable gzip_http_version gzip_min_length gzip_proxied gzip_static gzip_types gzip_vary http2 if if_modified_since ignore_invalid_headers include index keepalive_disable keepalive_requests keepalive_timeout large_client_header_buffers limit_conn limit_conn_status limit_rate limit_rate_after limit_req limit_req_status lingering_close log_not_found max_ranges merge_slashes msie_padding open_file_cache open_file_cache_valid open_log_file_cache output_buffers port_in_redirect postpone_output proxy_bind proxy_buffer_size proxy_buffering proxy_buffers proxy_busy_buffers_size proxy_cache proxy_cache_bypass proxy_cache_key proxy_cache_use_stale proxy_cache_valid proxy_connect_timeout proxy_cookie_path proxy_hide_header proxy_http_version proxy_ignore_client_abort proxy_intercept_errors proxy_max_temp_file_size proxy_next_upstream proxy_next_upstream_tries proxy_no_cache proxy_pass_header proxy_pass_request_headers proxy_read_timeout proxy_redirect proxy_request_buffering proxy_send_timeout proxy_set_body proxy_set_header proxy_ssl_name proxy_ssl_server_name proxy_ssl_verify proxy_ssl_trusted_certificate proxy_temp_path real_ip_header real_ip_recursive recursive_error_pages request_pool_size reset_timedout_connection resolver resolver_timeout return rewrite root satisfy sendfile sendfile_max_chunk send_timeout server_name_in_redirect server_tokens set set_real_ip_from ssl_certificate ssl_certificate_key ssl_ciphers ssl_client_certificate ssl_dhparam ssl_ecdh_curve ssl_prefer_server_ciphers ssl_protocols ssl_session_cache ssl_session_tickets ssl_session_timeout ssl_stapling ssl_stapling_verify ssl_trusted_certificate ssl_verify_client ssl_verify_depth sub_filter sub_filter_once sub_filter_types subrequest_output_buffer_size tcp_nodelay tcp_nopush try_files types underscores_in_headers uninitialized_variable_warn uwsgi_param valid_referers'
const UPSTREAM = 'server keepalive keepalive_timeout keepalive_requests least_conn ip_hash hash random zone'

type Context = 'main' | 'events' | 'http' | 'server' | 'location' | 'upstream' | 'free'

const set = (...texts: readonly string[]): ReadonlySet<string> => new Set(texts.join(' ').split(' '))

const ALLOWED: ReadonlyMap<Context, ReadonlySet<string>> = new Map([
  ['main', set(MAIN)],
  ['events', set(EVENTS)],
  ['http', set(HTTP_ONLY, ANYWHERE)],
  ['server', set(SERVER_ONLY, ANYWHERE)],
  ['location', set(LOCATION_ONLY, ANYWHERE, 'location')],
  ['upstream', set(UPSTREAM)],
])

const KNOWN = set(MAIN, EVENTS, SERVER_ONLY, HTTP_ONLY, LOCATION_ONLY, ANYWHERE, UPSTREAM)

/** Where a block's own directives stand; of blocks that are data (types, map) nothing is checked. */
function inside(name: string, outer: Context): Context {
  if (name === 'events' || name === 'http' || name === 'upstream') return name
  if (name === 'server') return outer === 'http' ? 'server' : 'free'
  if (name === 'location' || name === 'if' || name === 'limit_except') return 'location'
  return 'free'
}

const EXACTLY_ONE = new Set([
  'root',
  'alias',
  'proxy_pass',
  'default_type',
  'worker_connections',
  'autoindex',
  'pid',
  'client_max_body_size',
])

/** Refuses what nginx refuses when it reads its configuration (nginx: src/core/ngx_conf_file.c). */
export function checkConfig(config: readonly Directive[]): void {
  checkBlock(config, 'main')
  if (!config.some(({ name }) => name === 'events')) throw new NginxConfigError('no "events" section in configuration')
}

function checkBlock(directives: readonly Directive[], context: Context): void {
  for (const directive of directives) {
    const { name, block, file, line } = directive
    if (context === 'free') continue
    if (!KNOWN.has(name)) throw new NginxConfigError(`unknown directive "${name}" in ${file}:${line}`)
    if (ALLOWED.get(context)?.has(name) === false)
      throw new NginxConfigError(`"${name}" directive is not allowed here in ${file}:${line}`)
    if (BLOCKS.has(name) && block === undefined && !(name === 'server' && context === 'upstream'))
      throw new NginxConfigError(`directive "${name}" has no opening "{" in ${file}:${line}`)
    checkArguments(directive)
    if (block !== undefined) checkBlock(block, inside(name, context))
  }
}

const BLOCKS = new Set(['events', 'http', 'server', 'location', 'upstream', 'types', 'map', 'if'])

function checkArguments({ name, args, file, line }: Directive): void {
  const wrong = () => new NginxConfigError(`invalid number of arguments in "${name}" directive in ${file}:${line}`)
  if (EXACTLY_ONE.has(name) && args.length !== 1) throw wrong()
  if ((name === 'listen' || name === 'server_name' || name === 'index') && args.length === 0) throw wrong()
  if (name === 'return' && (args.length === 0 || args.length > 2)) throw wrong()
  if (name === 'listen') {
    const odd = args.slice(1).find((word) => !LISTEN.test(word))
    if (odd !== undefined) throw new NginxConfigError(`invalid parameter "${odd}" in ${file}:${line}`)
  }
  if (name === 'worker_connections' && !/^\d+$/.test(args[0] ?? ''))
    throw new NginxConfigError(`invalid number "${args[0]}" in ${file}:${line}`)
  if (name === 'autoindex' && !/^(on|off)$/.test(args[0] ?? ''))
    throw new NginxConfigError(
      `invalid value "${args[0]}" in "autoindex" directive, it must be "on" or "off" in ${file}:${line}`,
    )
}

const LISTEN =
  /^(default_server|default|ssl|http2|quic|proxy_protocol|reuseport|deferred|bind|ipv6only=\w+|backlog=\d+|so_keepalive=.*|fastopen=\d+|rcvbuf=\w+|sndbuf=\w+)$/
