//! The whole journey over real HTTP, as every role: three programmes, sixty organisations in the 21 cities, twelve experts,
//! from the call to the published list and its supplement.

mod apply;
mod city;
mod department;
mod end;
mod lists;
mod notice;
mod plan;
mod world;

use world::World;
use yuanchi::cli::demo::sample;

#[test]
fn from_the_call_to_the_published_list() {
    let mut world = World::begin();
    world.offer_calls();
    world.register_everybody();
    world.everybody_fills_in();
    world.everybody_files();
    world.the_public_sees_no_applicant();
    world.cities_decide();
    world.department_screens();
    world.experts_score();
    world.department_decides();
    world.notices_open();
    world.the_public_objects();
    world.no_list_before_its_time();
    world.somebody_objects_too_late();
    world.lists_are_published();
    world.states_are_as_planned();
    world.letters_are_as_planned();
    world.record_is_as_planned();
    world.the_public_sees_exactly_this();
}
