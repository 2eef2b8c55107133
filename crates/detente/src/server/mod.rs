//! The workbench: a local server for one folder of cases, and the page that talks to it.
//!
//! Nothing leaves the machine: the server binds to loopback unless told otherwise, the page
//! is inside the binary, and nothing is fetched from elsewhere. Who may talk to it: [`guard`], with the token that
//! [`key`] keeps; which files it touches: [`folder`]; what it answers: [`api`], described in `schema/api.json`;
//! below `/guide/` the guide.
//!
//! Nobody holds it up: the head of a request has to arrive in time ([`HEAD_TIME`]), its body too
//! ([`guard`]), and there are bounds on connections and on streams.

mod api;
pub(crate) use api::openapi;
mod assets;
mod folder;
mod guard;
mod key;
mod save;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Redirect;
use axum::routing::get;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::system::Signals;
use folder::Folder;
use guard::Guard;

/// What `serve` was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The folder of cases.
    pub(crate) dir: PathBuf,
    /// Another address to bind to than loopback, as the user wrote it.
    pub(crate) host: Option<String>,
    /// The port; 0: any that is free.
    pub(crate) port: u16,
}

/// What to tell whoever started the server.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// Addresses that open the workbench, the best for this machine first.
    pub(crate) addresses: Vec<String>,
    /// An address that opens it once, within a minute: for a browser that is started with it.
    pub(crate) once: String,
    /// Whether others than this machine can reach it.
    pub(crate) beyond: bool,
    /// Why the token is forgotten when the server stops.
    pub(crate) forgotten: Option<String>,
}

/// What all requests share.
pub(crate) struct Workbench {
    pub(crate) folder: Folder,
    /// What is being computed for whom.
    pub(crate) running: api::Running,
    /// What was said of cases, for whoever asks again.
    pub(crate) summaries: api::Summaries,
    /// What was read last.
    pub(crate) readings: api::Readings,
    /// Streams of events that are open.
    streams: Arc<Semaphore>,
}

impl Workbench {
    /// A workbench on `folder`.
    pub(crate) fn new(folder: Folder) -> Self {
        let streams = Arc::new(Semaphore::new(MOST_STREAMS));
        Self {
            folder,
            running: api::Running::default(),
            summaries: api::Summaries::default(),
            readings: api::Readings::default(),
            streams,
        }
    }

    /// A place among the streams, held until it is dropped.
    fn stream(&self) -> Result<OwnedSemaphorePermit, api::Problem> {
        Arc::clone(&self.streams).try_acquire_owned().map_err(|_| {
            api::Problem::busy(format!(
                "{MOST_STREAMS} pages listen already: close some tabs of the workbench"
            ))
        })
    }
}

/// Bodies: a text at the limit of the format, escaped as JSON, with its settings.
const BODY_LIMIT: usize = 12 << 20;

/// How long the head of a request may take to arrive, also the next one on the same connection.
const HEAD_TIME: Duration = Duration::from_secs(30);

/// Most connections, and most streams of events, that are open at once.
const MOST_CONNECTIONS: usize = 512;
const MOST_STREAMS: usize = 128;

/// How long requests that are being answered may take when the server is stopped.
const GRACE: Duration = Duration::from_millis(500);

/// The routes, guarded.
fn router(workbench: Arc<Workbench>, guard: Arc<Guard>) -> Router {
    Router::new()
        .nest("/api/v1", api::routes())
        .route("/guide", get(|| async { Redirect::permanent("/guide/") }))
        .route("/guide/", get(assets::guide))
        .route("/guide/{*page}", get(assets::guide))
        .fallback(get(assets::asset))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(axum::middleware::from_fn_with_state(guard, guard::guard))
        .with_state(workbench)
}

/// Serves until the process is told to stop (Ctrl-C, SIGTERM). `ready` gets the addresses to open.
///
/// # Errors
/// The folder cannot be opened, the address cannot be bound.
pub(crate) fn run(options: &Options, ready: impl FnOnce(&Opened)) -> io::Result<()> {
    let folder = Folder::open(&options.dir)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(address(options)?).await?;
        let bound = listener.local_addr()?;
        let key = key::key(folder.root());
        let key::Token { token, forgotten } = key::token(&key)?;
        let pass = key::random()?;
        let name = options.host.clone().filter(|host| host.parse::<IpAddr>().is_err());
        let hosts = hosts(name.as_deref(), bound.ip());
        let at = |host: &str, query: &str| format!("http://{host}:{}/?{query}", bound.port());
        let opened = Opened {
            addresses: hosts.iter().map(|host| at(host, &format!("token={token}"))).collect(),
            once: at(hosts.first().map_or("127.0.0.1", String::as_str), &format!("pass={pass}")),
            beyond: !bound.ip().is_loopback(),
            forgotten,
        };
        let guard = Arc::new(Guard::new(bound, name, token, &key));
        guard.admit_once(pass);
        let app = router(Arc::new(Workbench::new(folder)), guard);
        // Before anybody knows the address: whoever stops it as soon as it speaks is heard.
        let mut signals = Signals::new();
        let stop = async move {
            let _ = signals.next().await;
        };
        ready(&opened);
        serve(listener, app, stop).await
    });
    // What still computes notices that nobody waits for it; it is not waited for either.
    runtime.shutdown_background();
    served
}

/// Answers on `listener` until `stop` is done.
async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) -> io::Result<()> {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let connections = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let open = GracefulShutdown::new();
    let accept = async {
        loop {
            // Beyond the bound new ones wait until one of the others is done.
            let Ok(place) = Arc::clone(&connections).acquire_owned().await else { return };
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Gone before it was taken, or too many open files: the next may do.
                    if error.kind() != io::ErrorKind::ConnectionAborted {
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                    continue;
                }
            };
            let _ = stream.set_nodelay(true);
            let service = TowerToHyperService::new(app.clone());
            let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
            tokio::spawn(async move {
                // What goes wrong on a connection is the end of that connection.
                let _ = connection.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept => {}
        () = stop => {}
    }
    drop(listener);
    // Open pages listen for changes for ever: they are not waited for.
    let _ = tokio::time::timeout(GRACE, open.shutdown()).await;
    Ok(())
}

fn address(options: &Options) -> io::Result<SocketAddr> {
    let Some(host) = &options.host else {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), options.port));
    };
    let none = || io::Error::new(io::ErrorKind::AddrNotAvailable, format!("`{host}` has no address"));
    (host.as_str(), options.port).to_socket_addrs().map_err(|_| none())?.next().ok_or_else(none)
}

/// How a server that is bound to `ip` is called in an address that works.
fn hosts(name: Option<&str>, ip: IpAddr) -> Vec<String> {
    let literal = |ip: IpAddr| match ip {
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    if let Some(name) = name {
        return vec![name.to_owned()];
    }
    if !ip.is_unspecified() {
        return vec![literal(ip)];
    }
    // Bound to all of them: this machine's own, and the one that others see.
    let here = |ip: &str| outward(ip).map(literal);
    match ip {
        IpAddr::V4(_) => [Some("127.0.0.1".to_owned()), here("192.0.2.1")].into_iter().flatten().collect(),
        IpAddr::V6(_) => {
            let here = [here("192.0.2.1"), here("2001:db8::1")];
            [Some("[::1]".to_owned())].into_iter().chain(here).flatten().collect()
        }
    }
}

/// The address of this machine from which it would reach `there`. Nothing is sent: to connect a socket for datagrams
/// only looks up the way.
fn outward(there: &str) -> Option<IpAddr> {
    let there: IpAddr = there.parse().ok()?;
    let any =
        if there.is_ipv4() { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V6(Ipv6Addr::UNSPECIFIED) };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((there, 9)).ok()?;
    let here = socket.local_addr().ok()?.ip();
    (!here.is_unspecified() && !here.is_loopback()).then_some(here)
}

#[cfg(test)]
mod tests;
