//! Tests of the indexer through its public face: texts to blocks, passages and labels; folders to generations.

#[cfg(test)]
mod annotating;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod extracting;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod html;
#[cfg(test)]
mod language;
#[cfg(test)]
mod metadata;
#[cfg(test)]
mod office;
#[cfg(test)]
mod passages;
#[cfg(test)]
mod records;
#[cfg(test)]
mod rich_text;
#[cfg(test)]
mod running;
#[cfg(test)]
mod seeds;
