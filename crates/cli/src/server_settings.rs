//! [`ServerSettings`]: everything that `serve` can be told, by a file, the environment, or the command line.
//!
//! `deploy/server.toml` lists every key with its default. What is said nearer to the start of the program wins: an option
//! over the environment (`RCP_SEARCH_` and the key in capitals), that over the file, and the file over the default.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, anyhow};
use rcp_server::ServerConfig;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::args::{ServeArgs, Setting};
use crate::nearest::nearest;

/// What every variable of the environment begins with. Others with this beginning are left alone: container platforms set
/// some by themselves, named after the service.
const PREFIX: &str = "RCP_SEARCH_";
/// The table of [`ServerConfig`] in the file.
const LIMITS: &str = "limits";

/// Everything that `serve` can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ServerSettings {
    /// Address to listen on; port 0 takes a free one.
    pub(crate) listen: SocketAddr,
    /// Address for metrics and probes, or none.
    pub(crate) admin_listen: AdminAddress,
    /// Folder of the index.
    pub(crate) index: PathBuf,
    /// Folder of the configuration of the index.
    pub(crate) config: PathBuf,
    /// File of the API keys; there need not be one.
    pub(crate) keys: PathBuf,
    /// Folders of the corpus: indexed when there is no index yet, and given out file by file.
    pub(crate) corpus: Vec<PathBuf>,
    /// Whether the files that documents were read from are given out.
    pub(crate) originals: bool,
    /// How the process runs.
    pub(crate) limits: ServerConfig,
}

impl Default for ServerSettings {
    fn default() -> ServerSettings {
        ServerSettings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8_080)),
            admin_listen: AdminAddress::At(SocketAddr::from((Ipv4Addr::LOCALHOST, 9_464))),
            index: PathBuf::from("data/index"),
            config: PathBuf::from("index-config"),
            keys: PathBuf::from("data/keys.toml"),
            corpus: vec![PathBuf::from("seeds")],
            originals: true,
            limits: ServerConfig::default(),
        }
    }
}

/// An address, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) enum AdminAddress {
    /// There is none.
    Off,
    /// Here.
    At(SocketAddr),
}

impl FromStr for AdminAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<AdminAddress, String> {
        if text == "off" {
            return Ok(AdminAddress::Off);
        }
        let address = text.parse().map_err(|_| format!("{text:?} is neither an address (127.0.0.1:9464) nor `off`"))?;
        Ok(AdminAddress::At(address))
    }
}

impl TryFrom<String> for AdminAddress {
    type Error = String;

    fn try_from(text: String) -> Result<AdminAddress, String> {
        text.parse()
    }
}

impl From<AdminAddress> for String {
    fn from(address: AdminAddress) -> String {
        match address {
            AdminAddress::Off => "off".to_owned(),
            AdminAddress::At(address) => address.to_string(),
        }
    }
}

/// Settings, and where each comes from.
#[derive(Debug)]
pub(crate) struct InForce {
    pub(crate) settings: ServerSettings,
    /// By key; what is missing is a default.
    origins: BTreeMap<String, String>,
}

impl InForce {
    /// The settings for a command line in an environment.
    ///
    /// # Errors
    /// What names the file with the line, the variable or the option that cannot be used.
    pub(crate) fn load(args: &ServeArgs, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<InForce> {
        let mut layers = Layers::new()?;
        let file = args.settings.clone().or_else(|| environment("RCP_SEARCH_SETTINGS").map(PathBuf::from));
        if let Some(file) = file {
            layers.add_file(&file)?;
        }
        for key in layers.keys() {
            let variable = format!("{PREFIX}{}", key.to_uppercase());
            if let Some(text) = environment(&variable) {
                layers.set(&key, &text, &variable)?;
            }
        }
        for Setting { key, value } in &args.set {
            layers.set(key, value, "--set")?;
        }
        let mut in_force = InForce { settings: layers.settings()?, origins: layers.origins };
        in_force.take_options(args);
        Ok(in_force)
    }

    /// Whether nobody said anything of a key.
    pub(crate) fn is_default(&self, key: &str) -> bool {
        !self.origins.contains_key(key)
    }

    fn take_options(&mut self, args: &ServeArgs) {
        let ServerSettings { listen, admin_listen, index, config, keys, corpus, .. } = &mut self.settings;
        let mut note = |key: &str| drop(self.origins.insert(key.to_owned(), format!("--{}", key.replace('_', "-"))));
        if let Some(given) = args.listen {
            *listen = given;
            note("listen");
        }
        if let Some(given) = args.admin_listen {
            *admin_listen = given;
            note("admin_listen");
        }
        if let Some(given) = &args.index {
            index.clone_from(given);
            note("index");
        }
        if let Some(given) = &args.config {
            config.clone_from(given);
            note("config");
        }
        if let Some(given) = &args.keys {
            keys.clone_from(given);
            note("keys");
        }
        if !args.corpus.is_empty() {
            corpus.clone_from(&args.corpus);
            note("corpus");
        }
    }
}

/// As a settings file, with the origin of each value behind it.
impl fmt::Display for InForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = toml::to_string(&self.settings).map_err(|_| fmt::Error)?;
        for line in text.lines() {
            match line.split_once(" = ") {
                Some((key, _)) => {
                    writeln!(f, "{line}  # {}", self.origins.get(key).map_or("default", String::as_str))?;
                }
                None => writeln!(f, "{line}")?,
            }
        }
        Ok(())
    }
}

/// Values as they are laid over each other.
struct Layers {
    table: Table,
    origins: BTreeMap<String, String>,
}

impl Layers {
    fn new() -> anyhow::Result<Layers> {
        Ok(Layers { table: Table::try_from(ServerSettings::default())?, origins: BTreeMap::new() })
    }

    /// Every key, those of the table of limits included.
    fn keys(&self) -> Vec<String> {
        let limits = self.table.get(LIMITS).and_then(Value::as_table);
        let keys = self.table.keys().filter(|key| *key != LIMITS).chain(limits.into_iter().flat_map(Table::keys));
        keys.cloned().collect()
    }

    fn add_file(&mut self, file: &Path) -> anyhow::Result<()> {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the settings {name}"))?;
        let wrong = |error: &toml::de::Error| {
            let offset = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
            anyhow!("{name}:{line}: {}", error.message())
        };
        // Read once as what it must be, for the place of what is wrong, and once as what is there.
        toml::from_str::<ServerSettings>(&text).map_err(|error| wrong(&error))?;
        let given: Table = toml::from_str(&text).map_err(|error| wrong(&error))?;
        for (key, value) in given {
            match value {
                Value::Table(limits) => {
                    for (key, value) in limits {
                        self.put(&key, value, &name);
                    }
                }
                value => self.put(&key, value, &name),
            }
        }
        Ok(())
    }

    /// Sets a key that exists.
    fn put(&mut self, key: &str, value: Value, origin: &str) {
        if let Some(place) = self.place(key) {
            *place = value;
            self.origins.insert(key.to_owned(), origin.to_owned());
        }
    }

    fn place(&mut self, key: &str) -> Option<&mut Value> {
        if key != LIMITS && self.table.contains_key(key) {
            return self.table.get_mut(key);
        }
        self.table.get_mut(LIMITS)?.get_mut(key)
    }

    /// Sets a key to what a text says. In lists, commas part the values.
    fn set(&mut self, key: &str, text: &str, origin: &str) -> anyhow::Result<()> {
        let known = self.keys();
        let Some(place) = self.place(key) else {
            let near = nearest(key, known.iter().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
            return Err(anyhow!("{origin}: there is no setting {key}{hint}"));
        };
        let value = match place {
            Value::Integer(_) => Value::Integer(
                text.parse().map_err(|_| anyhow!("{origin}: {key} must be a whole number, not {text:?}"))?,
            ),
            Value::Boolean(_) => Value::Boolean(
                text.parse().map_err(|_| anyhow!("{origin}: {key} must be true or false, not {text:?}"))?,
            ),
            Value::Array(_) => text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| Value::String(item.to_owned()))
                .collect::<Vec<_>>()
                .into(),
            _ => Value::String(text.to_owned()),
        };
        self.put(key, value, origin);
        self.settings().map(drop).map_err(|error| anyhow!("{origin}: {key}: {error}"))
    }

    fn settings(&self) -> anyhow::Result<ServerSettings> {
        self.table.clone().try_into().map_err(|error: toml::de::Error| anyhow!("{}", error.message()))
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command};

    const REFERENCE: &str = include_str!("../../../deploy/server.toml");

    fn load(file: &str, environment: &[(&str, &str)], args: &[&str]) -> Result<InForce, String> {
        let mut written = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut written, file.as_bytes()).unwrap();
        let path = written.path().display().to_string();
        let args = [&["rcp-search", "serve", "--settings", &path], args].concat();
        let Command::Serve(args) = Cli::parse_from(args).command else { unreachable!() };
        let variable = |name: &str| {
            let found = environment.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        InForce::load(&args, variable).map_err(|error| format!("{error:#}").replace(&path, "FILE"))
    }

    #[test]
    fn what_is_said_nearer_to_the_start_wins() {
        let file = "listen = '127.0.0.1:1'\nindex = 'a'\n[limits]\nmax_waiting = 1\nmax_wait = '1s'\n";
        let environment = [("RCP_SEARCH_MAX_WAITING", "2"), ("RCP_SEARCH_LISTEN", "127.0.0.1:2")];
        let all = load(file, &environment, &["--listen", "127.0.0.1:3", "--set", "max_waiting=3"]).unwrap().settings;
        assert_eq!((all.listen.port(), all.limits.max_waiting), (3, 3));
        let two = load(file, &environment, &[]).unwrap();
        assert_eq!((two.settings.listen.port(), two.settings.limits.max_waiting), (2, 2));
        assert_eq!(two.settings.index, Path::new("a"));
        assert_eq!(two.settings.limits.max_wait.as_millis(), 1_000);
        assert_eq!(two.settings.limits.max_connections, ServerConfig::default().max_connections);
        assert!(two.is_default("corpus") && !two.is_default("index"));
        let shown = two.to_string();
        for line in ["listen = \"127.0.0.1:2\"  # RCP_SEARCH_LISTEN", "max_waiting = 2  # RCP_SEARCH_MAX_WAITING"] {
            assert!(shown.lines().any(|shown| shown == line), "{line} in\n{shown}");
        }
        assert!(shown.contains("request_burst = 200  # default\n"), "{shown}");
    }

    #[test]
    fn what_is_shown_can_be_a_settings_file() {
        let environment = [("RCP_SEARCH_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1")];
        let in_force = load("[limits]\nmax_wait = '90ms'\n", &environment, &["--admin-listen", "off"]).unwrap();
        assert_eq!(load(&in_force.to_string(), &[], &[]).unwrap().settings, in_force.settings);
        assert_eq!(in_force.settings.limits.trusted_proxies.len(), 2);
        assert_eq!(in_force.settings.admin_listen, AdminAddress::Off);
        let named =
            load("", &[("RCP_SEARCH_PUBLIC_URL", "https://a.example/"), ("RCP_SEARCH_ORIGINALS", "false")], &[]);
        let named = named.unwrap().settings;
        assert_eq!((named.limits.public_url.as_deref(), named.originals), (Some("https://a.example"), false));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        #[track_caller]
        fn check(file: &str, environment: &[(&str, &str)], args: &[&str], says: &[&str]) {
            let error = load(file, environment, args).unwrap_err();
            for text in says {
                assert!(error.contains(text), "{text:?} in {error:?}");
            }
        }
        check("listen = '127.0.0.1:1'\nlisten_on = 'x'\n", &[], &[], &["FILE:2: ", "listen_on"]);
        check("[limits]\nmax_conections = 5\n", &[], &[], &["FILE:2: ", "max_conections", "max_connections"]);
        check("max_connections = 5\n", &[], &[], &["FILE:1: ", "max_connections"]);
        check("\n\n[limits]\nmax_connections = 0\n", &[], &[], &["FILE:4: ", "at least 1"]);
        check("[limits]\nmax_wait = '5 parsecs'\n", &[], &[], &["FILE:2: "]);
        check("[limits]\ntrusted_proxies = ['10.0.0.0/8', 'proxy']\n", &[], &[], &["FILE:2: ", "proxy", "10.0.0.0/8"]);
        check("listen = \n", &[], &[], &["FILE:1: "]);
        check("", &[("RCP_SEARCH_MAX_WAITING", "many")], &[], &["RCP_SEARCH_MAX_WAITING", "whole number", "many"]);
        check("", &[("RCP_SEARCH_MAX_SEARCHES", "0")], &[], &["RCP_SEARCH_MAX_SEARCHES", "at least 1"]);
        check("", &[("RCP_SEARCH_ORIGINALS", "no")], &[], &["RCP_SEARCH_ORIGINALS", "true or false", "no"]);
        check("", &[("RCP_SEARCH_PUBLIC_URL", "search.example.org")], &[], &["RCP_SEARCH_PUBLIC_URL", "https://"]);
        check("", &[("RCP_SEARCH_ADMIN_LISTEN", "no")], &[], &["RCP_SEARCH_ADMIN_LISTEN", "`off`"]);
        check("", &[], &["--set", "max_wiating=5"], &["--set", "max_wiating", "max_waiting"]);
        // What a platform sets by itself is no setting of ours.
        load("", &[("RCP_SEARCH_SERVICE_HOST", "10.0.0.1"), ("RCP_SEARCH_PORT", "tcp://10.0.0.1:80")], &[]).unwrap();
    }

    /// Every key stands in the reference, as a comment, with its default.
    #[test]
    fn the_reference_lists_every_setting_with_its_default() {
        let is_setting = |line: &&str| line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        let uncommented = |line: &'static str| line.strip_prefix("# ").filter(is_setting).unwrap_or(line);
        let text: Vec<&str> = REFERENCE.lines().map(uncommented).collect();
        let given: Table = toml::from_str(&text.join("\n")).unwrap();
        let mut settings: ServerSettings = toml::from_str(&text.join("\n")).unwrap();
        settings.limits.max_searches = ServerConfig::default().max_searches;
        assert_eq!(settings, ServerSettings::default());
        let limits = given[LIMITS].as_table().unwrap();
        let listed = given.keys().filter(|key| *key != LIMITS).chain(limits.keys());
        let mut listed: Vec<String> = listed.cloned().collect();
        let mut known = Layers::new().unwrap().keys();
        listed.sort();
        known.sort();
        assert_eq!(listed, known);
        assert!(toml::from_str::<Table>(REFERENCE).unwrap()[LIMITS].as_table().unwrap().is_empty(), "all are comments");
    }
}
