//! From the bytes of a file to blocks of text, format by format, over the documents of `tests/fixtures`.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rcp_indexer::extract::{Extracted, extract};

/// Characters of a page, where the format has none.
const PAGE: usize = 2_500;

/// Bytes a second, and pages a second as items. The files are small: what a reader does once a file shows.
#[divan::bench(args = ["pdf", "docx", "odt", "rtf", "doc", "html", "md", "txt"], sample_count = 10)]
fn extraction(bencher: Bencher<'_, '_>, format: &str) {
    let files = files(format);
    assert!(!files.is_empty(), "there are fixtures of every format");
    let bytes: usize = files.iter().map(Vec::len).sum();
    let pages: usize = files.iter().map(|bytes| read(bytes)).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages)).bench(|| {
        let again: usize = files.iter().map(|bytes| read(bytes)).sum();
        assert_eq!(again, pages);
    });
}

/// The documents of one format; not the scans and the files with a password, whose names have no writer.
fn files(format: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/files");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the fixtures are there").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let written =
        paths.iter().filter(|path| name(path).split('.').count() == 3 && name(path).ends_with(&format!(".{format}")));
    written.map(|path| fs::read(path).expect("a fixture can be read")).collect()
}

/// Pages of a file.
fn read(bytes: &[u8]) -> usize {
    match extract(bytes, u64::MAX) {
        Ok(Extracted { pages: Some(pages), .. }) => pages as usize,
        Ok(Extracted { blocks, .. }) => {
            blocks.iter().map(|block| block.text.chars().count()).sum::<usize>().div_ceil(PAGE)
        }
        Err(error) => panic!("{error}"),
    }
}
